import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The directory of our Python framework: beside the build's bundle, or beside this folder in the sources. */
export function frameworkDirectory(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [join(here, "python"), join(here, "../python")].find((path) => existsSync(join(path, "cloudify")));
  if (found === undefined)
    throw new Error(`The Python framework is missing beside ${here}; this installation of cfy is incomplete`);
  return found;
}

/** Writes the `ctx` command with the interpreter's real path in it, so that starting it costs no search; returns its directory. */
export async function installCtxCommand(framework: string, python: string, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "ctx");
  await writeFile(path, `#!${python} -IS\n${await readFile(join(framework, "ctx"), "utf8")}`);
  await chmod(path, 0o755);
  return directory;
}
