import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CfyError, usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { isUrl } from "../inputs/url.ts";

export const DEFAULT_FILE = "blueprint.yaml";

/** Where a blueprint comes from. `mainFile` is its path inside the blueprint's folder. */
export type BlueprintSource =
  /** The server fetches the archive itself. */
  | { kind: "url"; url: string; mainFile: string; name: string }
  /** `folderName` is the folder as it was written. */
  | { kind: "folder"; folder: string; folderName: string; mainFile: string; name: string }
  | { kind: "archive"; file: string; mainFile: string; name: string };

const YAML = /\.ya?ml$/i;
const ARCHIVE = /\.(zip|tar|tar\.gz|tgz|tar\.bz2|tbz|tbz2|tar\.xz)$/i;
const GITHUB = /^([\w-][\w.-]*)\/([\w.-]+?)(?::([\w./-]+))?$/;

/**
 * What the word on the command line means: a main file, a folder, an archive, a URL, or `org/repo[:tag]` on GitHub.
 * A word that looks like a path and leads nowhere is a mistake, never a repository.
 */
export async function blueprintSource(word: string, fileName = DEFAULT_FILE): Promise<BlueprintSource> {
  if (isUrl(word)) return { kind: "url", url: word, mainFile: fileName, name: nameInUrl(word) };
  const found = await stat(word).catch(() => undefined);
  if (found?.isDirectory()) return inFolder(word, fileName);
  if (found && YAML.test(word)) return inFolder(dirname(word), basename(word));
  if (found) return { kind: "archive", file: word, mainFile: fileName, name: basename(word).replace(ARCHIVE, "") };

  const repository = GITHUB.exec(word);
  if (!repository || looksLocal(word)) throw missing(word);
  const [, organisation, name = "", tag = "master"] = repository;
  const url = `https://github.com/${organisation}/${name}/archive/${tag}.tar.gz`;
  return { kind: "url", url, mainFile: fileName, name };
}

async function inFolder(folderName: string, mainFile: string): Promise<BlueprintSource> {
  const folder = resolve(folderName);
  const main = join(folder, mainFile);
  const found = await stat(main).catch(() => undefined);
  if (!found?.isFile()) throw missing(main);
  const name = basename(folder);
  if (name === "")
    throw usageError("A blueprint cannot be the whole file system", { hint: "Put it into a folder of its own." });
  return { kind: "folder", folder, folderName, mainFile, name };
}

const looksLocal = (word: string): boolean =>
  /^[./~]/.test(word) || word.endsWith("/") || YAML.test(word) || ARCHIVE.test(word);

const missing = (path: string): CfyError =>
  new CfyError("blueprint_file_not_found", `There is no file ${path}`, {
    exit: ExitCode.NotFound,
    hint: "Give the blueprint's main file, its folder, an archive, a URL, or org/repo[:tag] on GitHub.",
  });

const nameInUrl = (url: string): string => basename(new URL(url).pathname).replace(ARCHIVE, "") || "blueprint";

/** The id that a blueprint gets when none is given: its folder's name, and its file's when that is not the usual one. */
export function defaultBlueprintId({ name, mainFile }: BlueprintSource): string {
  const stem = mainFile === DEFAULT_FILE ? "" : `.${basename(mainFile).replace(YAML, "")}`;
  return `${name}${stem}`.replaceAll("_", "-");
}
