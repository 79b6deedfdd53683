import { readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Where Python code is imported from: the deployment's directory, the blueprint's folder, and each plugin that lies in
 * the blueprint's `plugins` folder.
 */
export async function importPaths([deployment, blueprint, plugins]: [string, string, string]): Promise<string[]> {
  const entries = await readdir(plugins, { withFileTypes: true }).catch(() => []);
  const sources = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(plugins, name));
  return [deployment, blueprint, ...sources];
}
