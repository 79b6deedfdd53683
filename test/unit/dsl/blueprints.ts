import { stringify } from "yaml";
import {
  type DslError,
  memoryResolver,
  type ParseOptions,
  type ParseResult,
  type Plan,
  parseBlueprint,
} from "../../../src/dsl/index.ts";

/** Parses `blueprint.yaml` with files beside it; a blueprint may be given as the value it says. */
export function parse(
  blueprint: string | object,
  files: Record<string, string> = {},
  options: ParseOptions = {},
): Promise<ParseResult> {
  const text = typeof blueprint === "string" ? blueprint : toYaml(blueprint);
  return parseBlueprint({ location: "blueprint.yaml", text }, memoryResolver(files), options);
}

/** The plan of a blueprint that has no errors. */
export async function planOf(blueprint: string | object, files: Record<string, string> = {}): Promise<Plan> {
  const result = await parse(blueprint, files);
  if (!result.ok) throw result.errors[0];
  return result.plan;
}

export async function errorsOf(
  blueprint: string | object,
  files: Record<string, string> = {},
  options: ParseOptions = {},
): Promise<readonly DslError[]> {
  const result = await parse(blueprint, files, options);
  return result.ok ? [] : result.errors;
}

/** YAML of a value, quoted so that YAML 1.1 reads every text as text. */
export const toYaml = (value: unknown): string =>
  stringify(value, {
    version: "1.1",
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
    aliasDuplicateObjects: false,
  });
