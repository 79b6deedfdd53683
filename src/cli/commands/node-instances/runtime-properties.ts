import type { Json, JsonObject } from "../../../api/resources.ts";
import { usageError } from "../../errors.ts";
import { readInputs } from "../../inputs/inputs.ts";
import type { InputStream } from "../../io.ts";

/** What only `a.b.c=value` means: the key is a path. In a file or in JSON a dot is a dot. */
const PAIRS = /^\s*[^\s={}:]+\s*=/;

/** The properties that all values of `--properties` make together, merged key by key. */
export async function propertiesToSet(texts: readonly string[], stdin: InputStream): Promise<JsonObject> {
  let properties: JsonObject = {};
  for (const text of texts) {
    const given = (await readInputs([text], stdin)) as JsonObject;
    const tree = PAIRS.test(text)
      ? Object.entries(given).reduce((all, [path, value]) => merged(all, nested(path.split("."), value)), {})
      : given;
    properties = merged(properties, tree);
  }
  return properties;
}

/** The second one into the first, dictionaries key by key, everything else replaced. */
export function merged(into: JsonObject, from: JsonObject): JsonObject {
  const result = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const present = result[key];
    result[key] = isObject(present) && isObject(value) ? merged(present, value) : value;
  }
  return result;
}

/** Paths of the properties to delete, each once: `a.b;c`, or the keys of a dictionary. */
export async function pathsToDelete(texts: readonly string[], stdin: InputStream): Promise<string[][]> {
  const paths: string[][] = [];
  for (const text of texts) {
    if (/^[^\s{}:/]+(\s*;\s*[^\s{}:/]+)*;?$/.test(text) && !text.startsWith("@") && text !== "-") {
      paths.push(...namesIn(text));
    } else {
      paths.push(...leavesOf((await readInputs([text], stdin)) as JsonObject));
    }
  }
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

const namesIn = (text: string): string[][] =>
  text
    .split(";")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => name.split("."));

const leavesOf = (tree: JsonObject): string[][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    isObject(value) && Object.keys(value).length > 0 ? leavesOf(value).map((path) => [key, ...path]) : [[key]],
  );

/** @throws CfyError there is no such property */
export function without(properties: JsonObject, [key = "", ...rest]: readonly string[], whole = key): JsonObject {
  if (!(key in properties)) throw usageError(`There is no runtime property ${whole}`);
  const { [key]: found, ...others } = properties;
  if (rest.length === 0) return others;
  if (!isObject(found)) throw usageError(`The runtime property ${whole} holds no others`);
  return { ...properties, [key]: without(found, rest, `${whole}.${rest[0]}`) };
}

const nested = (path: readonly string[], value: Json): JsonObject =>
  path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as JsonObject;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
