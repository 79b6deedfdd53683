import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pluginDirectory } from "../files/layout.ts";

/** The names of a plugin's YAML files. */
export const yamlFilesOf =
  (files: string) =>
  async (pluginId: string): Promise<string[]> => {
    const names = await readdir(pluginDirectory(files, pluginId)).catch(() => []);
    return names.filter((name) => /\.ya?ml$/.test(name)).toSorted();
  };

/**
 * The YAML file made for a version of the blueprint language (`1_4`): `plugin_1_4.yaml`, else `plugin.yaml`, else the
 * first there is; null when the plugin has none.
 */
export async function yamlFileFor(
  files: string,
  pluginId: string,
  dslVersion: string | undefined,
): Promise<{ path: string; name: string } | null> {
  const names = await yamlFilesOf(files)(pluginId);
  const wanted = names.find((name) => dslVersion && name.replace(/\.ya?ml$/, "").endsWith(`_${dslVersion}`));
  const name = wanted ?? names.find((each) => /^plugin\.ya?ml$/.test(each)) ?? names[0];
  return name === undefined ? null : { path: join(pluginDirectory(files, pluginId), name), name };
}
