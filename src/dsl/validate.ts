import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type DslError, logicError } from "./errors.ts";
import { type ParseOptions, parseBlueprint } from "./parse.ts";
import { toJson } from "./report/json.ts";
import { type SarifTool, toSarif } from "./report/sarif.ts";
import { renderText, type TextOptions } from "./report/text.ts";
import type { Resolver } from "./resolver.ts";
import { folderResolver } from "./resolvers/folder.ts";

/** What a blueprint's check found, in every form it can be shown in. */
export interface ValidationReport {
  valid: boolean;
  errors: readonly DslError[];
  text(options?: TextOptions): string;
  json(): ReturnType<typeof toJson>;
  sarif(tool: SarifTool): ReturnType<typeof toSarif>;
}

export interface ValidateOptions extends ParseOptions {
  /** How plugins, blueprints and addresses are found. Absent: importing one is an error that says so. */
  catalogue?: Pick<Resolver, "fetch" | "plugin" | "blueprint">;
}

/** Checks the blueprint of a file with what lies in its folder; needs no server. */
export async function validateBlueprintFile(path: string, options: ValidateOptions = {}): Promise<ValidationReport> {
  const location = basename(path);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return report([logicError(30, `the blueprint ${path} cannot be read: ${reason}`)], { text: () => undefined }, path);
  }
  const resolver: Resolver = { ...folderResolver(dirname(path)), ...options.catalogue };
  const result = await parseBlueprint({ location, text }, resolver, options);
  return report(result.ok ? [] : result.errors, result.sources, path);
}

function report(
  errors: readonly DslError[],
  sources: { text(file: string): string | undefined },
  path: string,
): ValidationReport {
  const folder = dirname(path);
  const uri = (file: string) => (/^[a-z]+:/.test(file) || folder === "." ? file : `${folder}/${file}`);
  return {
    valid: errors.length === 0,
    errors,
    text: (options) => renderText(errors, sources, options),
    json: () => toJson(errors),
    sarif: (tool) => toSarif(errors, tool, uri),
  };
}
