import type { Connect } from "../context.ts";
import { CfyError } from "../errors.ts";

/** The client of the profile in use. */
export const connect: Connect = () => {
  throw new CfyError("no_profile", "No profile is active, and there is no embedded server yet");
};
