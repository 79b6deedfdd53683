import { type DslError, formatError, logicError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { at, type Path } from "../path.ts";
import { type Dict, isDict, kindOf } from "../records.ts";
import { type DslVersion, tooNew } from "../version.ts";
import { NAMESPACE_DELIMITER } from "./namespace.ts";

/** One element of an `imports` list. */
export interface ImportEntry {
  location: string;
  /** Written before the location; null: none. */
  namespace: string | null;
  /** Values for the properties of the imported plugin. */
  properties: Dict | null;
  at: Path;
}

const IMPORTS: Path = at(null, "imports");

/** What is asked of the imports of a file; less of those of imported files. */
interface EntryRules {
  version: DslVersion;
  /** Whether features newer than the version are refused. */
  gated: boolean;
  /** Whether each may stand there once only. */
  unique: boolean;
}

/** The elements of an `imports` list that can be followed; what is wrong with the others is reported. */
export function parseImports(raw: unknown, rules: EntryRules, report: (error: DslError) => void): ImportEntry[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    report(formatError(`imports must be a list, and this is ${kindOf(raw)}`, { at: IMPORTS }));
    return [];
  }
  const entries: ImportEntry[] = [];
  const seen = new Set<string>();
  for (const [index, item] of raw.entries()) {
    const path = at(IMPORTS, index);
    try {
      const entry = parseEntry(item, path, rules);
      const name = typeof item === "string" ? item : (Object.keys(item as Dict)[0] ?? "");
      if (rules.unique && seen.has(name))
        throw formatError(`${entry.location} is imported twice`, { at: path, hint: "remove one" }, 2);
      seen.add(name);
      entries.push(entry);
    } catch (error) {
      report(error as DslError);
    }
  }
  return entries;
}

function parseEntry(item: unknown, path: Path, rules: EntryRules): ImportEntry {
  if (typeof item === "string") return { ...splitNamespace(item, path), properties: null, at: path };
  if (!isDict(item)) {
    const code = item === null ? 220 : 1;
    throw formatError(
      `an import is text, or one location with properties; this is ${kindOf(item)}`,
      { at: path },
      code,
    );
  }
  const locations = Object.entries(item);
  for (const [location, properties] of locations) checkProperties(properties, at(path, location), rules);
  const [first, ...others] = locations;
  if (!first || others.length > 0) {
    throw formatError("an import with properties names exactly one location", { at: path }, 220);
  }
  const [location, properties] = first;
  return { ...splitNamespace(location, path), properties: (properties ?? {}) as Dict, at: path };
}

function checkProperties(properties: unknown, path: Path, { version, gated }: EntryRules): void {
  if (properties === null) return;
  if (!isDict(properties)) {
    throw formatError(`the properties of the import ${path.key} must be a dict`, { at: path });
  }
  if (gated && version.minor < 5) throw tooNew("an import with properties", 5, version, path);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && (!isDict(value) || isFunction(value))) continue;
    const hint = "give a plain value or a function";
    throw formatError(`the import property ${name} is ${kindOf(value)}`, { at: at(path, name), hint }, 220);
  }
}

function splitNamespace(text: string, path: Path): { namespace: string | null; location: string } {
  const end = text.lastIndexOf(NAMESPACE_DELIMITER);
  if (end < 0) return { namespace: null, location: text };
  const namespace = text.slice(0, end);
  if (namespace.includes(NAMESPACE_DELIMITER)) {
    throw logicError(212, `the namespace ${JSON.stringify(namespace)} contains ${NAMESPACE_DELIMITER}`, {
      at: path,
      hint: `a namespace ends at the first ${NAMESPACE_DELIMITER}, and the file's name has none`,
    });
  }
  return { namespace: namespace === "" ? null : namespace, location: text.slice(end + NAMESPACE_DELIMITER.length) };
}
