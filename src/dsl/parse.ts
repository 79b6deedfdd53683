import { Diagnostics } from "./diagnostics.ts";
import { parseDocument } from "./elements/blueprint.ts";
import type { ElementContext } from "./elements/context.ts";
import { DslError, formatError } from "./errors.ts";
import { type CollectOptions, collectImports } from "./imports/collect.ts";
import type { ImportRules } from "./imports/locate.ts";
import { mergeFiles } from "./imports/merge.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { plainJson } from "./plain-json.ts";
import type { Plan } from "./plan.ts";
import { isDict, kindOf } from "./records.ts";
import { type BlueprintFile, type Resolver, withoutByteOrderMark } from "./resolver.ts";
import { Sources } from "./sources.ts";
import { parseVersion, versionKey } from "./version.ts";
import { loadYaml } from "./yaml/document.ts";

export interface ParseOptions {
  /** Refuse features and imports that are newer than the blueprint. Default: true. */
  validateVersion?: boolean;
  /** Prefixes of imported addresses to replace, in order. */
  importRules?: ImportRules;
  /** Try an address as it stands when no rule led to a file. Default: true. */
  importFallback?: boolean;
  limits?: Partial<Limits>;
  /** Today, for schedules that give a time of day only. */
  today?: Date;
}

/** Texts by file name, so that an error can show its line; and what in them is allowed, but hardly meant. */
export type SourceTexts = Pick<Sources, "text" | "warnings">;

export type ParseResult =
  | { ok: true; plan: Plan; sources: SourceTexts }
  | { ok: false; errors: [DslError, ...DslError[]]; sources: SourceTexts };

/**
 * Parses a blueprint. All errors that do not follow from others are found in one run; the first is the one that the
 * language's reference implementation would raise. Never throws for what a blueprint says.
 */
export async function parseBlueprint(
  main: BlueprintFile,
  resolver: Resolver,
  options: ParseOptions = {},
): Promise<ParseResult> {
  const sources = new Sources();
  const diagnostics = new Diagnostics();
  const plan = await parse(withoutByteOrderMark(main), resolver, options, sources, diagnostics);
  const [first, ...others] = distinct(diagnostics.errors);
  if (first) return { ok: false, errors: [first, ...others], sources };
  if (!plan) throw new Error("a blueprint without a plan has errors");
  return { ok: true, plan: sources.isPlainJson ? plan : plainJson(plan), sources };
}

async function parse(
  main: BlueprintFile,
  resolver: Resolver,
  options: ParseOptions,
  sources: Sources,
  diagnostics: Diagnostics,
): Promise<Plan | undefined> {
  const limits = { ...defaultLimits, ...options.limits };
  const { validateVersion = true } = options;
  const report = (error: DslError) => diagnostics.report(error);
  try {
    sources.addText(main);
    const document = loadYaml(main.text, main.location, limits);
    sources.add(document);
    const root = document.value ?? {};
    if (!isDict(root)) {
      throw formatError(`a blueprint is a dict of sections, and this is ${kindOf(root)}`, {
        hint: `start it with "${versionKey}: cloudify_dsl_1_5"`,
      });
    }
    const version = diagnostics.guard(() => parseVersion(root[versionKey]));
    if (!version) return locateAll(diagnostics, sources, root);
    const collecting: CollectOptions = {
      version,
      validateVersion,
      limits,
      rootMinor: version.minor,
      rules: options.importRules ?? [],
      fallback: options.importFallback ?? true,
    };
    const imported = await collectImports(document, root, resolver, sources, collecting, report);
    const merged = mergeFiles(imported.files, version, sources, report);
    // What a missing file would have declared is unknown everywhere, so nothing more is said than that it is missing.
    if (diagnostics.errors.length > 0) return locateAll(diagnostics, sources, merged);
    const context: ElementContext = {
      version,
      validateVersion,
      diagnostics,
      limits,
      sources,
      report,
      untouchedOperations: new WeakMap(),
      untouchedInterfaces: new WeakMap(),
      today: options.today ?? new Date(),
    };
    const known = new Map<string, boolean>();
    const scriptExists = (path: string) => {
      const exists = known.get(path) ?? (isInside(path) && resolver.exists(path));
      known.set(path, exists);
      return exists;
    };
    const plan = parseDocument(merged, context, { scriptExists, imported });
    locateAll(diagnostics, sources, merged);
    return plan;
  } catch (error) {
    if (!(error instanceof DslError)) throw error;
    diagnostics.report(error);
    return locateAll(diagnostics, sources, null);
  }
}

/** A mapping may hold anything; only what can be a path inside the blueprint's folder is looked for there. */
const isInside = (path: string): boolean =>
  !path.startsWith("/") && !path.includes("\n") && !path.includes("\0") && !path.split("/").includes("..");

function locateAll(diagnostics: Diagnostics, sources: Sources, root: unknown): undefined {
  for (const error of diagnostics.errors) error.location ??= sources.locate(root, error.at, error.onKey);
}

/** One mistake in a type may show at each of its templates; it is told once. */
function distinct(errors: readonly DslError[]): DslError[] {
  const told = new Set<string>();
  return errors.filter((error) => {
    const key = JSON.stringify([error.code, error.className, error.message, error.location]);
    return !told.has(key) && told.add(key);
  });
}
