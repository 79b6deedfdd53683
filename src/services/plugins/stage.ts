import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { invalidPlugin, type PluginPackage, packageIn, unpacked } from "./package.ts";

/** An upload, looked through and laid out as it is to be kept. */
export interface StagedPlugin extends Omit<PluginPackage, "kind"> {
  /** Holds the archive under its name, and the YAML files. */
  directory: string;
  archive_name: string;
  yaml_files: string[];
  discard(): Promise<void>;
}

const PACKAGE = /\.(wgn|whl|tar\.gz|zip)$/;
const YAML = /\.ya?ml$/;

/**
 * Looks through an uploaded file: a package by itself, or a zip with one package and its YAML files.
 * The file is taken over: it ends in the staged directory.
 * @throws invalid_plugin_error when it is neither, or its YAML cannot be read
 */
export async function stagePlugin(path: string): Promise<StagedPlugin> {
  const directory = `${path}.plugin`;
  await mkdir(directory, { mode: 0o700 });
  const discard = () => rm(directory, { recursive: true, force: true });
  try {
    const plugin = (await stagePackage(path, directory)) ?? (await stageBundle(path, directory));
    return { ...plugin, directory, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function stagePackage(path: string, directory: string) {
  const found = await unpacked(path, packageIn);
  if (found === null) return null;
  await rename(path, join(directory, found.file_name));
  return { ...found, archive_name: found.file_name, yaml_files: [] };
}

async function stageBundle(path: string, directory: string) {
  return unpacked(path, async (contents) => {
    const files = (await readdir(contents, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const packages = files.filter((file) => PACKAGE.test(file));
    const [only] = packages;
    if (only === undefined || packages.length > 1)
      throw invalidPlugin(
        `The archive must hold exactly one plugin package (.wgn, .whl or the source as .tar.gz or .zip), and holds ${packages.length}`,
      );
    const plugin = await unpacked(only, packageIn);
    if (plugin === null)
      throw invalidPlugin(`${basename(only)} is no wagon, wheel or Python source package: it has no metadata`);
    const yaml_files = files.filter((file) => YAML.test(file)).map((file) => basename(file));
    for (const file of files.filter((each) => YAML.test(each))) {
      await checkYaml(file);
      await copyFile(file, join(directory, basename(file)));
    }
    await rename(only, join(directory, basename(only)));
    return { ...plugin, archive_name: basename(only), yaml_files };
  });
}

async function checkYaml(path: string): Promise<void> {
  try {
    parse(await readFile(path, "utf8"));
  } catch (error) {
    throw invalidPlugin(`${basename(path)} is no YAML: ${(error as Error).message}`);
  }
}
