import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Check, ok } from "../check.ts";
import { isLocal, managerSubject, type Subject } from "../subject.ts";

/** Which profile is in use, who chose it, and where it lies. */
export const profile = (subject: Subject): Check => ({
  id: "profile",
  async run() {
    const { profileName, profiles } = subject;
    const chosen = `${profileName.value} (${profileName.from})`;
    if (isLocal(subject)) return ok(`${chosen}: the server of this machine, in ${subject.home.directory}`);
    await managerSubject(subject, undefined);
    const directory = profiles.directory(profileName.value);
    const file = ["context.json", "context"].map((name) => join(directory, name)).find((path) => existsSync(path));
    return ok(`${chosen}: ${file}`);
  },
});
