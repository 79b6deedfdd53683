import type { Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters } from "../refusal.ts";

/** The user to whom a resource is given. @throws bad_parameters_error when there is no such user; forbidden_error */
export async function newOwner(read: Repositories, who: Identity, creator: unknown): Promise<string> {
  authorize(who, "set_owner");
  if (typeof creator !== "string" || !(await read.users.get(creator))) {
    throw badParameters(`User ${String(creator)} does not exist.`);
  }
  return creator;
}
