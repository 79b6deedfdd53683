import { isDict } from "../records.ts";

/** All functions of the language. */
const FUNCTION_NAMES = [
  "get_input",
  "get_property",
  "get_attribute",
  "get_attributes_list",
  "get_attributes_dict",
  "get_secret",
  "get_capability",
  "get_group_capability",
  "get_environment_capability",
  "get_label",
  "get_sys",
  "get_consumers",
  "concat",
  "merge",
  "string_find",
  "string_replace",
  "string_split",
  "string_lower",
  "string_upper",
] as const;

export type FunctionName = (typeof FUNCTION_NAMES)[number];

const NAMES: ReadonlySet<string> = new Set(FUNCTION_NAMES);

/** The function a value calls: a dict of one function's name, with or without `type` beside it. Anything else is data. */
export function functionNameOf(value: unknown): FunctionName | undefined {
  if (!isDict(value)) return undefined;
  let name: string | undefined;
  let keys = 0;
  for (const key in value) {
    keys += 1;
    if (keys > 2) return undefined;
    if (key !== "type") {
      if (name !== undefined || !NAMES.has(key)) return undefined;
      name = key;
    }
  }
  return name as FunctionName | undefined;
}

export const isFunction = (value: unknown): boolean => functionNameOf(value) !== undefined;

/** Whether a function stands anywhere in the value. */
export function containsFunction(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(containsFunction);
  if (functionNameOf(value) !== undefined) return true;
  for (const key in value) if (containsFunction((value as Record<string, unknown>)[key])) return true;
  return false;
}
