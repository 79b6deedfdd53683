import { classError, DslError, type DslErrorDetails, logicError } from "../errors.ts";
import { at, type Path } from "../path.ts";
import { type Dict, isDict } from "../records.ts";
import type { Sources } from "../sources.ts";
import { type DslVersion, minorVersion, versionKey } from "../version.ts";
import type { ImportedFile } from "./collect.ts";
import { namespaceSection } from "./namespace.ts";

/** Never taken from an imported file. */
const OWN_ONLY = new Set(["imports", versionKey, "dsl_definitions"]);
const FIRST_WINS = new Set(["description", "metadata"]);
const MERGED = new Set([
  "plugins",
  "node_types",
  "relationships",
  "data_types",
  "groups",
  "policy_types",
  "policy_triggers",
  "workflows",
]);
/** Sections that may come from several files since 1_3. */
const MERGED_SINCE_1_3 = new Set([
  "inputs",
  "outputs",
  "node_templates",
  "capabilities",
  "labels",
  "blueprint_labels",
  "resource_tags",
]);
const EARLIER_ENTRY_WINS = new Set(["labels", "blueprint_labels", "resource_tags"]);

/** One document of all files: the root's sections first, then those of each import in order. */
export function mergeFiles(
  files: readonly ImportedFile[],
  version: DslVersion,
  sources: Sources,
  report: (error: DslError) => void,
): Dict {
  const merged: Dict = {};
  for (const [index, file] of files.entries()) {
    for (const [section, raw] of Object.entries(file.sections)) {
      if (index > 0 && (OWN_ONLY.has(section) || raw === null)) continue;
      const value =
        file.namespace === null || file.basicTypes ? raw : namespaceSection(section, raw, file.namespace, sources);
      try {
        mergeSection(merged, section, value, file);
      } catch (error) {
        if (!(error instanceof DslError)) throw error;
        report(error);
      }
    }
  }
  return merged;

  function mergeSection(into: Dict, section: string, value: unknown, file: ImportedFile): void {
    const existing = into[section];
    if (existing === undefined || existing === null) {
      into[section] = value;
      sources.derive(into, section, file.sections, section);
      return;
    }
    if (FIRST_WINS.has(section)) return;
    const path = at(null, section);
    if (!MERGED.has(section) && !(MERGED_SINCE_1_3.has(section) && version.minor >= 3)) {
      throw cannotMerge(section, version, { at: path, location: sources.locate(file.document.value, path) });
    }
    if (!isDict(existing) || !isDict(value)) {
      throw logicError(3, `${section} is no dict in every file that has it`, { at: path });
    }
    const copy: Dict = {};
    for (const key of Object.keys(existing)) {
      copy[key] = existing[key];
      sources.derive(copy, key, existing, key);
    }
    for (const [key, entry] of Object.entries(value)) mergeEntry(copy, section, key, entry, value, file);
    into[section] = copy;
    sources.derive(into, section, file.sections, section);
  }

  function mergeEntry(into: Dict, section: string, key: string, entry: unknown, from: Dict, file: ImportedFile): void {
    if (Object.hasOwn(into, key)) {
      if (EARLIER_ENTRY_WINS.has(section)) return;
      const conflict = conflictPath(section, key);
      if (!(key.startsWith("cloudify.") || file.basicTypes)) {
        into[key] = mergeConflict(section, key, into[key], entry, conflict, file);
        return;
      }
    }
    into[key] = entry;
    sources.derive(into, key, from, key);
  }

  function mergeConflict(
    section: string,
    key: string,
    earlier: unknown,
    later: unknown,
    path: Path,
    file: ImportedFile,
  ): unknown {
    if (section === "workflows") {
      if (isDict(earlier) && isDict(later)) return sources.copied({ ...later, ...earlier }, earlier);
      throw classError("TypeError", `the workflow ${key} is defined in two files, and one of them has its short form`, {
        at: path,
      });
    }
    const whole = section === "node_templates" ? withRelationships(earlier, later) : undefined;
    if (whole) return sources.copied(whole, earlier as Dict);
    throw logicError(4, `${key} is defined in ${file.document.file}, and in another file as well (${section})`, {
      at: path,
      hint: "rename one, or import that file into a namespace",
    });
  }
}

const conflictPath = (section: string, key: string): Path => at(at(null, section), key);

/** A template of which one file gives nothing but more relationships. */
function withRelationships(earlier: unknown, later: unknown): Dict | undefined {
  if (!isDict(earlier) || !isDict(later)) return undefined;
  if (!onlyRelationships(earlier) && !onlyRelationships(later)) return undefined;
  const relationships = [earlier, later].flatMap(({ relationships: list }) => (Array.isArray(list) ? list : []));
  return { ...later, ...earlier, relationships };
}

const onlyRelationships = (template: Dict) => Object.keys(template).every((key) => key === "relationships");

function cannotMerge(section: string, version: DslVersion, details: DslErrorDetails): DslError {
  const hint = MERGED_SINCE_1_3.has(section)
    ? `several files may have it from ${minorVersion(3)} on; this blueprint is ${version.raw}`
    : "keep it in one file";
  return logicError(3, `${section} is in more than one file`, { ...details, hint });
}
