import type { Env } from "../context.ts";
import { LOCAL } from "./profile.ts";
import { cloudifyRoot } from "./root.ts";
import { profileStore } from "./store.ts";

/** The name of the profile in use: the environment's, else the one chosen last, else `local`. */
export const activeProfile = async (env: Env, profiles = profileStore(cloudifyRoot(env))): Promise<string> =>
  env.CFY_PROFILE || (await profiles.active()) || LOCAL;
