import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Check, ok, warn } from "../check.ts";
import type { Subject } from "../subject.ts";

/** Whether somebody else can read what should be this user's alone: credentials, keys, the database. */
export const permissions = ({ root, home, profiles }: Subject): Check => ({
  id: "permissions",
  async run() {
    const own = process.getuid?.();
    if (own === undefined) return ok("not looked at: this system has no such permissions");
    const directory = await stat(root).catch(() => undefined);
    if (!directory) return ok(`${root} does not exist yet`);
    if (directory.uid !== own) {
      return warn(
        `${root} belongs to user ${directory.uid}, not to ${own}`,
        `Give it back: sudo chown -R "$(id -u)" ${root}`,
      );
    }
    // Nobody comes to the files below a closed door.
    if ((directory.mode & 0o077) === 0) return ok(`only you can read ${root}`);
    const files = [...(await profileFiles(profiles)), home.directory, join(root, "config.yaml")];
    const open: string[] = [];
    for (const file of files) if (((await stat(file).catch(() => undefined))?.mode ?? 0) & 0o077) open.push(file);
    return open.length === 0
      ? ok(`only you can read what ${root} holds`)
      : warn(`others can read ${open.join(", ")}`, `chmod -R go-rwx ${root}`);
  },
});

async function profileFiles(profiles: Subject["profiles"]): Promise<string[]> {
  const names = await profiles.names();
  return names.flatMap((name) => ["context.json", "context"].map((file) => join(profiles.directory(name), file)));
}
