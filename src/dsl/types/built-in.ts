import type { Limits } from "../limits.ts";
import type { BlueprintFile } from "../resolver.ts";
import { loadYaml, type YamlDocument } from "../yaml/document.ts";
import types13 from "./types_1_3.yaml?raw";
import types14 from "./types_1_4.yaml?raw";
import types15 from "./types_1_5.yaml?raw";

const BY_MINOR_VERSION: Readonly<Record<number, string>> = { 3: types13, 4: types14, 5: types15 };
const NAME = /^cloudify\/types\/types(?:_1_([345]))?\.yaml$/;
/** Blueprints of all ages import the types from one of these addresses; they are answered without a network. */
const ADDRESS = /^https?:\/\/(?:www\.)?(?:getcloudify\.org|cloudify\.co)\/spec\/cloudify\/[^/]+\/types\.yaml$/;

const documents = new Map<string, YamlDocument>();

export const builtInTypesName = "cloudify/types/types.yaml";

/** The language's own types under the name or address a blueprint imports them by, made for the blueprint's version. */
export function builtInTypes(location: string, rootMinor: number): { location: string; text: string } | undefined {
  const named = NAME.exec(location);
  if (!named && !ADDRESS.test(location)) return undefined;
  const minor = named?.[1] === undefined ? rootMinor : Number(named[1]);
  // A blueprint older than the oldest types gets the oldest, and is told that they are too new for it.
  const text = BY_MINOR_VERSION[minor] ?? (minor < 3 ? types13 : types15);
  return { location, text };
}

/** A file as YAML; the built-in types, which nearly every blueprint imports, are read once in a process's life. */
export function loadImported({ location, text }: BlueprintFile, limits: Limits): YamlDocument {
  const lasting = location === builtInTypesName && Object.values(BY_MINOR_VERSION).includes(text);
  const document = (lasting && documents.get(text)) || loadYaml(text, location, limits);
  if (lasting && !documents.has(text)) {
    deepFreeze(document.value);
    documents.set(text, document);
  }
  return document;
}

/** Plans share values with the texts they were made of, and these texts serve many plans. */
function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
}
