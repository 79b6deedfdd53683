import { existsSync } from "node:fs";
import { join } from "node:path";
import { readOnlyBecause } from "../../connection/read-only.ts";
import type { Env } from "../../context.ts";
import type { Profile } from "../../profiles/profile.ts";
import { type Check, ok } from "../check.ts";
import { isLocal, managerSubject, type Subject } from "../subject.ts";

/** Which profile is in use, who chose it, where it lies, and whether commands may only read. */
export const profile = (subject: Subject): Check => ({
  id: "profile",
  async run() {
    const { ctx, profileName, profiles } = subject;
    const chosen = `${profileName.value} (${profileName.from})`;
    if (isLocal(subject)) {
      return ok(`${chosen}: the server of this machine, in ${subject.home.directory}${limits(ctx.env)}`);
    }
    const { profile: found } = await managerSubject(subject, undefined);
    const directory = profiles.directory(profileName.value);
    const file = ["context.json", "context"].map((name) => join(directory, name)).find((path) => existsSync(path));
    return ok(`${chosen}: ${file}${limits(ctx.env, found)}`);
  },
});

function limits(env: Env, found?: Profile): string {
  const because = readOnlyBecause(env, found);
  return because === undefined ? "" : `; commands may only read: ${because}`;
}
