import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type DslError, type DslWarning, type Finding, logicError } from "./errors.ts";
import { type ParseOptions, type ParseResult, parseBlueprint } from "./parse.ts";
import type { Plan } from "./plan.ts";
import { toJson } from "./report/json.ts";
import { type SarifTool, toSarif } from "./report/sarif.ts";
import { renderText, type TextOptions } from "./report/text.ts";
import type { Resolver } from "./resolver.ts";
import { folderResolver } from "./resolvers/folder.ts";

/** What a blueprint's check found, in every form it can be shown in. */
export interface ValidationReport {
  /** Null when there are errors. */
  plan: Plan | null;
  errors: readonly DslError[];
  warnings: readonly DslWarning[];
  /** All errors and warnings, or those that are chosen. */
  text(options?: Omit<TextOptions, "name">, chosen?: readonly Finding[]): string;
  json(): ReturnType<typeof toJson>;
  sarif(tool: SarifTool): ReturnType<typeof toSarif>;
}

export interface ValidateOptions extends ParseOptions {
  /** What errors call the folder; "." leaves it out. Default: as it was given. */
  folderName?: string;
  /** How plugins, blueprints and addresses are found. Absent: importing one is an error that says so. */
  catalogue?: Pick<Resolver, "fetch" | "plugin" | "blueprint">;
}

/** Checks a blueprint with what lies in its folder; needs no server. `mainFile` is the path inside the folder. */
export async function validateBlueprint(
  folder: string,
  mainFile: string,
  options: ValidateOptions = {},
): Promise<ValidationReport> {
  const result = await parseFolder(folder, mainFile, options);
  const errors = result.ok ? [] : inReadingOrder(result.errors);
  const { warnings } = result.sources;
  const findings = [...errors, ...warnings];
  const { folderName = folder } = options;
  // What was fetched or belongs to another blueprint is called by its address.
  const name = (file: string) => (/^[a-z]+:/.test(file) ? file : posix.join(folderName, file));
  return {
    plan: result.ok ? result.plan : null,
    errors,
    warnings,
    text: (look, chosen = findings) => renderText(chosen, result.sources, { ...look, name }),
    json: () => toJson(findings, name),
    sarif: (tool) => toSarif(findings, tool, name),
  };
}

async function parseFolder(folder: string, mainFile: string, options: ValidateOptions): Promise<ParseResult> {
  let text: string;
  try {
    text = readFileSync(join(folder, mainFile), "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const unreadable = logicError(30, `the blueprint ${mainFile} cannot be read: ${reason}`);
    return { ok: false, errors: [unreadable], sources: { text: () => undefined, warnings: [] } };
  }
  const resolver: Resolver = { ...folderResolver(folder), ...options.catalogue };
  return await parseBlueprint({ location: mainFile, text }, resolver, options);
}

/** File by file, as they are first met, and from top to bottom; what concerns a file as a whole comes before its lines. */
function inReadingOrder(errors: readonly DslError[]): DslError[] {
  const files = [...new Set(errors.map(({ location }) => location?.file))];
  const rank = ({ location }: DslError): number => files.indexOf(location?.file);
  return [...errors].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0),
  );
}
