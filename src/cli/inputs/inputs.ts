import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../errors.ts";
import { fileError } from "../file-error.ts";
import type { InputStream } from "../io.ts";
import { expandWildcard, hasWildcard } from "./wildcard.ts";
import { parseYaml11 } from "./yaml.ts";

export type Inputs = Record<string, unknown>;

const FORMS = [
  "Give key=value (several as k1=v1;k2=v2), JSON or YAML text, a file or @file,",
  "a directory of YAML files, a quoted wildcard, or - for standard input.",
];

/**
 * The dictionary that all values of `--inputs` or `--parameters` make together; later keys replace earlier ones.
 * An existing path is always a path, so one that contains `=` works too.
 */
export async function readInputs(texts: readonly string[], stdin: InputStream): Promise<Inputs> {
  const inputs: Inputs = {};
  for (const text of texts) Object.assign(inputs, await readOne(text, stdin));
  return inputs;
}

async function readOne(text: string, stdin: InputStream): Promise<Inputs> {
  if (text === "-") return await parseYaml(await stdin.text(), "standard input");
  const json = jsonObject(text);
  if (json) return json;
  if (text.startsWith("@")) return await readYamlFile(text.slice(1));
  const files = await filesAt(text);
  if (files) return await readFiles(files);
  const pairs = keyValuePairs(text);
  if (pairs) return pairs;
  if (hasWildcard(text)) {
    const matches = await expandWildcard(text);
    if (matches.length > 0) return await readFiles(matches);
  }
  if (isPath(text)) return await readYamlFile(text);
  return await parseYaml(text, JSON.stringify(text));
}

/** Nothing but the name of a file, though none is there: a single word is no dictionary. */
const isPath = (text: string): boolean => /^[^\s{["'=]+$/.test(text) && /\/|\.(ya?ml|json)$/.test(text);

async function readFiles(files: readonly string[]): Promise<Inputs> {
  const inputs: Inputs = {};
  for (const file of files) Object.assign(inputs, await readYamlFile(file));
  return inputs;
}

/** The file, or the files of the directory, in order of name; undefined when the text names neither. */
async function filesAt(text: string): Promise<string[] | undefined> {
  const found = await stat(text).catch(() => undefined);
  if (!found) return undefined;
  if (!found.isDirectory()) return [text];
  const entries = await readdir(text, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(text, entry.name))
    .sort();
}

async function readYamlFile(file: string): Promise<Inputs> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw fileError(file, cause);
  });
  return await parseYaml(text, file);
}

function jsonObject(text: string): Inputs | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return asDictionary(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * `a=1;b=x=y`: a value is all text after the first `=`; `\;` is a semicolon inside one.
 * Undefined when a part has no `=`, or has it inside what can only be YAML, as in `{a: "x=y"}` and `a: x=y`.
 */
function keyValuePairs(text: string): Inputs | undefined {
  const pairs: Inputs = {};
  for (const part of text.split(/(?<!\\);/)) {
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    const key = part.slice(0, Math.max(0, at)).trim();
    if (at < 0 || /^[{["']|:\s|\n/.test(key)) return undefined;
    pairs[key] = part
      .slice(at + 1)
      .trim()
      .replaceAll("\\;", ";");
  }
  return Object.keys(pairs).length > 0 ? pairs : undefined;
}

/** YAML 1.1, as blueprints are; an empty document is an empty dictionary. */
async function parseYaml(text: string, from: string): Promise<Inputs> {
  let value: unknown;
  try {
    value = (await parseYaml11(text)) ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw usageError(`Inputs from ${from} are not valid YAML: ${reason}`, { hint: FORMS, cause: error });
  }
  const dictionary = asDictionary(value);
  if (!dictionary) throw usageError(`Inputs from ${from} are no dictionary of names and values`, { hint: FORMS });
  return dictionary;
}

const asDictionary = (value: unknown): Inputs | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Inputs) : undefined;
