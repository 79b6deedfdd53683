import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The command that runs this very cfy's server in the foreground: the launcher lies above wherever this module was built to. */
export function serverCommand(): [string, ...string[]] {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    const launcher = join(directory, "bin", "cfy.js");
    if (existsSync(launcher)) return [process.execPath, launcher, "server", "run"];
    if (dirname(directory) === directory) throw new Error("bin/cfy.js is missing from the installed package");
  }
}
