import { classError, DslError, formatError, logicError } from "../errors.ts";
import { type Limits, limitExceeded } from "../limits.ts";
import { at } from "../path.ts";
import { type Dict, isDict, kindOf, mapValues } from "../records.ts";
import { type BlueprintFile, type CataloguePlugin, type Resolver, withoutByteOrderMark } from "../resolver.ts";
import type { Sources } from "../sources.ts";
import { loadImported } from "../types/built-in.ts";
import { type DslVersion, isSupportedVersion, versionKey } from "../version.ts";
import type { YamlDocument } from "../yaml/document.ts";
import { type ImportEntry, parseImports } from "./entry.ts";
import { attempt, type LocateOptions, locateImport } from "./locate.ts";
import { NAMESPACE_DELIMITER } from "./namespace.ts";
import { parsePluginQuery } from "./plugin-query.ts";

/** A file that takes part in a blueprint, in the order in which it is merged. */
export interface ImportedFile {
  sections: Dict;
  /** Whole namespace, outer ones first; null: none. */
  namespace: string | null;
  /** The language's own types: their names are never put into a namespace and replace earlier ones. */
  basicTypes: boolean;
  properties: Dict | null;
  document: YamlDocument;
}

export interface ImportedBlueprints {
  files: ImportedFile[];
  /** Ids of imported blueprints in order, and the namespace each one went into. */
  blueprints: { id: string; namespace: string }[];
}

interface Visit extends ImportedFile {
  resolver: Resolver;
  from: string;
}

export interface CollectOptions extends LocateOptions {
  version: DslVersion;
  validateVersion: boolean;
  limits: Limits;
}

/** Follows all imports, breadth first. The same file in the same namespace is taken once, so circles end. */
export async function collectImports(
  root: YamlDocument,
  sections: Dict,
  resolver: Resolver,
  sources: Sources,
  options: CollectOptions,
  report: (error: DslError) => void,
): Promise<ImportedBlueprints> {
  const blueprints: ImportedBlueprints["blueprints"] = [];
  const files: ImportedFile[] = [];
  const seen = new Set([key(null, root.file)]);
  const queue: Visit[] = [
    { sections, namespace: null, basicTypes: false, properties: null, document: root, resolver, from: root.file },
  ];
  for (let visit = queue.shift(); visit; visit = queue.shift()) {
    const { document } = visit;
    files.push(visit);
    const place = (error: DslError) => {
      error.location ??= sources.locate(document.value, error.at, error.onKey);
      report(error);
    };
    const inMain = document === root;
    const rules = { version: options.version, gated: inMain && options.validateVersion, unique: inMain };
    for (const entry of parseImports(visit.sections["imports"], rules, place)) {
      try {
        const next = await follow(entry, visit);
        if (next) queue.push(next);
      } catch (error) {
        if (!(error instanceof DslError)) throw error;
        place(error);
      }
    }
  }
  return { files, blueprints };

  async function follow(entry: ImportEntry, visit: Visit): Promise<Visit | undefined> {
    const namespace = joined(visit.namespace, entry.namespace);
    if (entry.location.startsWith("plugin:")) {
      const plugin = await findPlugin(entry, visit.resolver, options.version);
      return take(entry, namespace, plugin, visit.resolver, (value) => withCatalogueLabels(value, plugin));
    }
    if (entry.location.startsWith("blueprint:")) {
      const { id, main, resolver: inner } = await findBlueprint(entry, namespace, visit.resolver);
      if (blueprints.some((other) => other.namespace === namespace)) {
        throw logicError(214, `two blueprints are imported into the namespace ${namespace}`, { at: entry.at });
      }
      blueprints.push({ id, namespace: namespace as string });
      const location = `blueprint:${id}/${main.location}`;
      return take(entry, namespace, { ...main, location }, inner, (value) => value, main.location);
    }
    const file = await locateImport(entry, visit.from, visit.resolver, options);
    return take(entry, namespace, file, visit.resolver, (value) => value);
  }

  function take(
    entry: ImportEntry,
    namespace: string | null,
    imported: BlueprintFile,
    inner: Resolver,
    change: (sections: Dict) => Dict,
    from = imported.location,
  ): Visit | undefined {
    const file = withoutByteOrderMark(imported);
    const name = key(namespace, file.location);
    if (seen.has(name)) return undefined;
    seen.add(name);
    if (seen.size > options.limits.files) {
      throw limitExceeded("files", options.limits.files, "too many files are imported", { at: entry.at });
    }
    sources.addText(file);
    const document = loadImported(file, options.limits);
    sources.add(document);
    const sections = change(importedSections(document));
    checkVersion(sections, options, entry, document, sources);
    const basicTypes = isBasicTypes(sections);
    if (basicTypes && entry.namespace !== null) {
      throw logicError(214, `${entry.location} holds the language's own types and cannot be put into a namespace`, {
        at: entry.at,
        hint: "import it without a namespace",
      });
    }
    return { sections, namespace, basicTypes, properties: entry.properties, document, resolver: inner, from };
  }
}

const key = (namespace: string | null, location: string) => `${namespace ?? ""}|${location}`;

const joined = (outer: string | null, inner: string | null) =>
  outer === null || inner === null ? (outer ?? inner) : `${outer}${NAMESPACE_DELIMITER}${inner}`;

async function findPlugin(entry: ImportEntry, resolver: Resolver, version: DslVersion): Promise<CataloguePlugin> {
  const text = entry.location.slice("plugin:".length);
  const query = parsePluginQuery(text, version.raw.replace("cloudify_dsl_", ""), entry.at);
  const plugin = await attempt(entry, () => resolver.plugin?.(query));
  if (plugin) return plugin;
  throw classError("InvalidBlueprintImport", `no plugin ${text} is known`, {
    at: entry.at,
    hint: resolver.plugin
      ? "upload it: cfy plugins upload"
      : "only a management server knows plugins: upload the blueprint to have it checked there",
  });
}

async function findBlueprint(entry: ImportEntry, namespace: string | null, resolver: Resolver) {
  const id = entry.location.slice("blueprint:".length);
  if (namespace === null) {
    const hint = `write NAMESPACE${NAMESPACE_DELIMITER}${entry.location}`;
    throw logicError(213, `the blueprint ${id} is imported without a namespace`, { at: entry.at, hint });
  }
  const blueprint = await attempt(entry, () => resolver.blueprint?.(id));
  if (blueprint) return { id, ...blueprint };
  throw classError("InvalidBlueprintImport", `no blueprint ${id} is known`, {
    at: entry.at,
    hint: resolver.blueprint
      ? "upload it: cfy blueprints upload"
      : "only a management server knows blueprints: upload this one to have it checked there",
  });
}

function importedSections(document: YamlDocument): Dict {
  if (document.value === null) return {};
  if (isDict(document.value)) return document.value;
  throw formatError(`${document.file} is ${kindOf(document.value)}, and must be a dict of sections`, {
    location: document.locate(document.value as object, null),
  });
}

function withCatalogueLabels(sections: Dict, plugin: CataloguePlugin): Dict {
  const { labels, blueprint_labels, resource_tags, ...others } = sections;
  const values = (stored: Record<string, string[]>) => mapValues(stored, (list) => ({ values: list }));
  return {
    ...others,
    ...(plugin.labels && { labels: values(plugin.labels) }),
    ...(plugin.blueprintLabels && { blueprint_labels: values(plugin.blueprintLabels) }),
    ...(plugin.resourceTags && { resource_tags: plugin.resourceTags }),
  };
}

function checkVersion(
  sections: Dict,
  { version, validateVersion }: CollectOptions,
  entry: ImportEntry,
  document: YamlDocument,
  sources: Sources,
): void {
  const raw = sections[versionKey];
  if (raw === undefined || raw === null) return;
  const location = sources.locate(document.value, at(null, versionKey));
  if (!isSupportedVersion(raw)) {
    throw classError("ValueError", `${entry.location} is written in an unsupported version`, {
      at: entry.at,
      location,
    });
  }
  if (validateVersion && raw > version.raw) {
    throw logicError(
      28,
      `${entry.location} is written in ${raw}, and the blueprint that imports it in ${version.raw}`,
      {
        at: entry.at,
        hint: `raise ${versionKey} of the blueprint to ${raw}`,
      },
    );
  }
}

function isBasicTypes(sections: Dict): boolean {
  const { metadata, node_types: types } = sections;
  return (
    (isDict(metadata) && metadata["cloudify_types"] === true) || (isDict(types) && Object.hasOwn(types, ROOT_TYPE))
  );
}

const ROOT_TYPE = "cloudify.nodes.Root";
