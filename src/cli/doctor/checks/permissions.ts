import { access, constants, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Check, fail, ok, warn } from "../check.ts";
import type { Subject } from "../subject.ts";

/** Whether somebody else can read what should be this user's alone: credentials, keys, the database. */
export const permissions = ({ root, home, profiles }: Subject): Check => ({
  id: "permissions",
  async run() {
    const own = process.getuid?.();
    if (own === undefined) return ok("not looked at: this system has no such permissions");
    const directory = await stat(root).catch(() => undefined);
    if (directory && directory.uid !== own) {
      return warn(
        `${root} belongs to user ${directory.uid}, not to ${own}`,
        `Give it back: sudo chown -R "$(id -u)" ${root}`,
      );
    }
    const obstacle = await unwritable(root);
    if (obstacle !== undefined)
      return fail(`nothing can be written to ${obstacle}`, "Mend that, or choose another place with CFY_WORKDIR");
    if (!directory) return ok(`${root} does not exist yet`);
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

/** What stands in the way of writing there: the directory, or the nearest one above it that exists. */
async function unwritable(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found && dirname(path) !== path) return await unwritable(dirname(path));
  const isOpen = await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return found?.isDirectory() && isOpen ? undefined : path;
}

async function profileFiles(profiles: Subject["profiles"]): Promise<string[]> {
  const names = await profiles.names();
  return names.flatMap((name) => ["context.json", "context"].map((file) => join(profiles.directory(name), file)));
}
