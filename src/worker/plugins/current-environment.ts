import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writePrivateFile } from "../../lib/private-file.ts";

/** An installed plugin: the Python that has it. */
export interface PluginEnvironment {
  python: string;
  /** Which framework runs its code: the environment's own, when the plugin brought it, else ours. */
  framework: "ours" | "cloudify-common";
}

interface Current {
  directory: string;
  framework: PluginEnvironment["framework"];
}

/** Says which of the directories beside it holds the finished environment; written last. */
const CURRENT = "current.json";

/** The finished environment of a plugin, if there is one. */
export async function currentEnvironment(home: string): Promise<PluginEnvironment | null> {
  const text = await readFile(join(home, CURRENT), "utf8").catch(() => null);
  if (text === null) return null;
  const { directory, framework } = JSON.parse(text) as Current;
  return { python: pythonOf(join(home, directory)), framework };
}

/**
 * A directory of its own for each attempt to install: a worker that was given up may still write to an earlier one.
 * What earlier attempts left is removed.
 */
export async function newEnvironment(home: string): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  for (const left of await readdir(home)) await rm(join(home, left), { recursive: true, force: true });
  return randomUUID();
}

export const writeCurrent = (home: string, current: Current): Promise<void> =>
  writePrivateFile(join(home, CURRENT), JSON.stringify(current));

const pythonOf = (environment: string): string => join(environment, "bin/python");
