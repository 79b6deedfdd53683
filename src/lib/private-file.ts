import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a directory, and those above it, that only its owner can enter. Step by step: where nothing can be made, as
 * below /proc, Node's own recursive way never ends.
 */
export async function makePrivateDirectory(path: string): Promise<void> {
  if ((await tryToMake(path)) === undefined) return;
  await makePrivateDirectory(dirname(path));
  const failure = await tryToMake(path);
  if (failure) throw failure;
}

/** Resolves to the error when the directory above is missing. */
async function tryToMake(path: string): Promise<Error | undefined> {
  try {
    await mkdir(path, { mode: 0o700 });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" && dirname(path) !== path) return error as Error;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return undefined;
    throw error;
  }
}

/** Drafts of this process so far: what it writes at the same time must not share one. */
let drafts = 0;

/** Writes a file that only its owner can read. A reader sees the old content or the new one, never a part. */
export async function writePrivateFile(path: string, content: string | Buffer): Promise<void> {
  await makePrivateDirectory(dirname(path));
  const draft = `${path}.${process.pid}.${++drafts}.new`;
  try {
    // What somebody else may have put there, in a folder that others write to as well, is not written to.
    await rm(draft, { force: true });
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
