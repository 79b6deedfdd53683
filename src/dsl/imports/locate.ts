import { posix } from "node:path";
import { DslError, logicError } from "../errors.ts";
import type { BlueprintFile, Resolver } from "../resolver.ts";
import { builtInTypes, builtInTypesName } from "../types/built-in.ts";
import type { ImportEntry } from "./entry.ts";

/** Replaces prefixes of imported addresses, as the management server is configured. Tried in order. */
export type ImportRules = readonly Readonly<Record<string, string>>[];

export interface LocateOptions {
  rootMinor: number;
  rules: ImportRules;
  /** Whether an address is tried as it stands after no rule led to a file. */
  fallback: boolean;
}

const ADDRESS = /^(?:https?|ftp|file):/;

const isAddress = (location: string): boolean => ADDRESS.test(location);

/**
 * The file an import means.
 * @throws DslError 13 there is none
 */
export async function locateImport(
  entry: ImportEntry,
  from: string,
  resolver: Resolver,
  options: LocateOptions,
): Promise<BlueprintFile> {
  const found = isAddress(entry.location)
    ? await fetchAddress(entry, resolver, options)
    : await readBeside(entry, from, resolver, options);
  if (found) return found;
  throw notFound(entry, from);
}

async function fetchAddress(entry: ImportEntry, resolver: Resolver, options: LocateOptions) {
  const { location } = entry;
  for (const rule of options.rules) {
    for (const [prefix, replacement] of Object.entries(rule)) {
      if (!location.startsWith(prefix)) continue;
      const replaced = replacement + location.slice(prefix.length);
      const file = builtInTypes(replaced, options.rootMinor) ?? (await fetchOne(entry, replaced, resolver));
      if (file) return file;
    }
  }
  if (!options.fallback) return undefined;
  return builtInTypes(location, options.rootMinor) ?? (await fetchOne(entry, location, resolver));
}

async function fetchOne(entry: ImportEntry, url: string, resolver: Resolver): Promise<BlueprintFile | undefined> {
  if (!resolver.fetch) {
    throw logicError(13, `${entry.location} cannot be fetched: there is no network here`, {
      at: entry.at,
      hint: "put the file beside the blueprint and import it by its name",
    });
  }
  const text = await attempt(entry, () => resolver.fetch?.(url));
  return text === null ? undefined : { location: url, text };
}

async function readBeside(entry: ImportEntry, from: string, resolver: Resolver, options: LocateOptions) {
  if (isAddress(from)) {
    const url = URL.canParse(entry.location, from) ? new URL(entry.location, from).href : null;
    const file = url === null ? undefined : await fetchOne(entry, url, resolver);
    return file ?? builtInTypes(entry.location, options.rootMinor);
  }
  const path = posix.normalize(posix.join(posix.dirname(from), entry.location));
  if (posix.isAbsolute(entry.location) || path === ".." || path.startsWith("../")) {
    throw logicError(13, `${entry.location} leads out of the blueprint's folder`, {
      at: entry.at,
      hint: "import files of the blueprint's own folder, plugins, blueprints or addresses",
    });
  }
  const text = await attempt(entry, () => resolver.read(path));
  return text === null ? builtInTypes(entry.location, options.rootMinor) : { location: path, text };
}

/** What the resolver answers; null for nothing. @throws DslError 13 it failed */
export async function attempt<T>(
  entry: ImportEntry,
  read: () => Promise<T | null> | T | null | undefined,
): Promise<T | null> {
  try {
    return (await read()) ?? null;
  } catch (error) {
    if (error instanceof DslError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw logicError(13, `${entry.location} cannot be read: ${reason}`, { at: entry.at, cause: error });
  }
}

function notFound(entry: ImportEntry, from: string): DslError {
  const beside = isAddress(entry.location) ? "" : `, beside ${from}`;
  return logicError(13, `there is no ${entry.location}${beside}`, {
    at: entry.at,
    hint: `check the name; the built-in types are imported as ${builtInTypesName}`,
  });
}
