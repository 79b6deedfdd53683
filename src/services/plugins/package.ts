import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Json, JsonObject } from "../../api/resources.ts";
import { archiveKind } from "../blueprints/archive.ts";
import { refuseUnsafe } from "../blueprints/archive-entries.ts";
import { extractTar, listTar } from "../blueprints/tar-archive.ts";
import { extractZip, listZip } from "../blueprints/zip-archive.ts";
import { Refusal } from "../refusal.ts";

/** How a plugin is packed: a wagon (a package with the wheels of all it needs), one wheel, or its source. */
export type PackageKind = "wagon" | "wheel" | "source";

/** What a package says of itself. */
export interface PluginPackage {
  kind: PackageKind;
  package_name: string;
  package_version: string;
  package_source: string | null;
  supported_platform: string | null;
  supported_py_versions: string[] | null;
  distribution: string | null;
  distribution_release: string | null;
  distribution_version: string | null;
  wheels: string[];
  excluded_wheels: string[] | null;
  /** The file's name as its packager would have it. */
  file_name: string;
}

export const invalidPlugin = (message: string): Refusal => new Refusal("invalid_plugin_error", message);

/** Unpacks an archive beside itself, hands the directory over and removes it. @throws invalid_plugin_error */
export async function unpacked<Result>(path: string, use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(dirname(path), ".unpacked-"));
  try {
    await unpack(path, directory).catch((error: Error) => {
      throw invalidPlugin(`The plugin archive cannot be read: ${error.message}`);
    });
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function unpack(path: string, into: string): Promise<void> {
  const kind = await archiveKind(path);
  refuseUnsafe(await (kind === "zip" ? listZip(path) : listTar(path, kind)));
  await (kind === "zip" ? extractZip(path, into) : extractTar(path, kind, into));
}

/** What the unpacked package is; null when it is none. @throws invalid_plugin_error */
export async function packageIn(directory: string): Promise<PluginPackage | null> {
  const found = await describedIn(directory);
  // Its metadata may say anything, and the archive is kept under this name.
  if (found === null || /^(?!\.)[^/\\\p{C}]{1,200}$/u.test(found.file_name)) return found;
  throw invalidPlugin(`The package's metadata give its archive a name that no file can have: ${found.file_name}`);
}

async function describedIn(directory: string): Promise<PluginPackage | null> {
  const names = await readdir(directory);
  const distInfo = names.find((name) => name.endsWith(".dist-info"));
  if (distInfo !== undefined) return wheel(join(directory, distInfo));
  const [top] = names;
  if (top === undefined || names.length > 1) return null;
  const wagon = await readFile(join(directory, top, "package.json"), "utf8").catch(() => null);
  if (wagon !== null) return wagonPackage(wagon);
  const metadata = await readFile(join(directory, top, "PKG-INFO"), "utf8").catch(() => null);
  return metadata === null ? null : source(metadata, top);
}

function wagonPackage(text: string): PluginPackage {
  const json = parseJson(text);
  const system = (json["build_server_os_properties"] ?? {}) as JsonObject;
  const [name, version] = [json["package_name"], json["package_version"]];
  if (typeof name !== "string" || typeof version !== "string")
    throw invalidPlugin("The wagon's package.json names no package_name and package_version");
  return {
    kind: "wagon",
    package_name: name,
    package_version: version,
    package_source: textOrNull(json["package_source"]),
    supported_platform: textOrNull(json["supported_platform"]),
    supported_py_versions: textsOrNull(json["supported_python_versions"]),
    distribution: textOrNull(system["distribution"]),
    distribution_release: textOrNull(system["distribution_release"]),
    distribution_version: textOrNull(system["distribution_version"]),
    wheels: textsOrNull(json["wheels"]) ?? [],
    excluded_wheels: textsOrNull(json["excluded_wheels"]),
    file_name: textOrNull(json["archive_name"]) ?? `${name}-${version}.wgn`,
  };
}

async function wheel(distInfo: string): Promise<PluginPackage> {
  const metadata = await readFile(join(distInfo, "METADATA"), "utf8").catch(() => "");
  const tag = header(await readFile(join(distInfo, "WHEEL"), "utf8").catch(() => ""), "Tag") ?? "py3-none-any";
  const [python = "py3", , platform = "any"] = tag.split("-");
  const named = nameAndVersion(metadata, basename(distInfo));
  const file = `${named.package_name.replaceAll(/[-.]+/g, "_")}-${named.package_version}-${tag}.whl`;
  return {
    ...bare("wheel", file),
    ...named,
    wheels: [file],
    supported_platform: platform,
    supported_py_versions: python.split("."),
  };
}

function source(metadata: string, top: string): PluginPackage {
  return { ...bare("source", `${top}.tar.gz`), ...nameAndVersion(metadata, top), package_source: `${top}.tar.gz` };
}

const bare = (kind: PackageKind, file_name: string) => ({
  kind,
  file_name,
  package_source: null,
  supported_platform: null,
  supported_py_versions: null,
  distribution: null,
  distribution_release: null,
  distribution_version: null,
  wheels: [],
  excluded_wheels: null,
});

function nameAndVersion(metadata: string, where: string): { package_name: string; package_version: string } {
  const [name, version] = [header(metadata, "Name"), header(metadata, "Version")];
  if (!name || !version) throw invalidPlugin(`The metadata of the package in ${where} name no Name and Version`);
  return { package_name: name, package_version: version };
}

const header = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}:[ \\t]*(.+?)\\r?$`, "m").exec(text)?.[1];

function parseJson(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw invalidPlugin(`The wagon's package.json is no JSON: ${(error as Error).message}`);
  }
}

const textOrNull = (value: Json | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;

const textsOrNull = (value: Json | undefined): string[] | null =>
  Array.isArray(value) ? value.map((item) => String(item)) : null;
