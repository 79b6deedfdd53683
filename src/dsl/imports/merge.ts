import { classError, type DslError, type DslErrorDetails, logicError, type SourceLocation } from "../errors.ts";
import { at } from "../path.ts";
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
      mergeSection(section, value, file);
    }
  }
  return merged;

  function mergeSection(section: string, value: unknown, file: ImportedFile): void {
    const existing = merged[section];
    if (existing === undefined || existing === null) {
      merged[section] = value;
      sources.derive(merged, section, file.sections, section);
      return;
    }
    if (FIRST_WINS.has(section)) return;
    const path = at(null, section);
    const location = sources.locate(file.sections, path, true);
    if (!MERGED.has(section) && !(MERGED_SINCE_1_3.has(section) && version.minor >= 3)) {
      report(cannotMerge(section, version, { at: path, location }));
    } else if (!isDict(existing) || !isDict(value)) {
      report(logicError(3, `${section} is no dict in every file that has it`, { at: path, location }));
    } else {
      merged[section] = mergeEntries(section, existing, value, file);
      sources.derive(merged, section, file.sections, section);
    }
  }

  function mergeEntries(section: string, earlier: Dict, later: Dict, file: ImportedFile): Dict {
    const entries: Dict = {};
    const take = (key: string, from: Dict) => {
      entries[key] = from[key];
      sources.derive(entries, key, from, key);
    };
    for (const key of Object.keys(earlier)) take(key, earlier);
    for (const key of Object.keys(later)) {
      const own = Object.hasOwn(earlier, key);
      if (own && EARLIER_ENTRY_WINS.has(section)) continue;
      if (!own || key.startsWith("cloudify.") || file.basicTypes) take(key, later);
      else {
        const both = mergeEntry(section, earlier[key], later[key]);
        if (both) entries[key] = sources.copied(both, earlier[key] as Dict);
        else report(clash(section, key, file, sources.locate(later, at(null, key), true)));
      }
    }
    return entries;
  }
}

/** One entry of two that have the same name; undefined where that is a clash. */
function mergeEntry(section: string, earlier: unknown, later: unknown): Dict | undefined {
  if (!isDict(earlier) || !isDict(later)) return undefined;
  if (section === "workflows") return { ...later, ...earlier };
  return section === "node_templates" ? withRelationships(earlier, later) : undefined;
}

function clash(section: string, key: string, file: ImportedFile, location: SourceLocation | undefined): DslError {
  const details = {
    at: at(at(null, section), key),
    location,
    hint: "rename one, or import that file into a namespace",
  };
  return section === "workflows"
    ? classError("TypeError", `two files define the workflow ${key}, one of them in its short form`, details)
    : logicError(4, `${key} of ${section} is defined in ${file.document.file}, and in another file before it`, details);
}

/** A template of which one file gives nothing but more relationships. */
function withRelationships(earlier: Dict, later: Dict): Dict | undefined {
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
