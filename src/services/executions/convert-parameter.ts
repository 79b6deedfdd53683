import type { Json } from "../../api/resources.ts";
import type { ParameterDeclaration } from "./merge-parameters.ts";

/**
 * A value in its declared type. Numbers and booleans may come as texts, as command lines send them.
 * `undefined` when the value cannot be that; types that name objects of the manager pass through unchanged.
 */
export function convertParameter({ type, item_type }: ParameterDeclaration, value: Json): Json | undefined {
  switch (type) {
    case "integer":
      return toNumber(value, /^\s*[+-]?\d+\s*$/, Number.isInteger);
    case "float":
      return toNumber(value, /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i, Number.isFinite);
    case "boolean":
      return toBoolean(value);
    case "string":
      return typeof value === "string" ? value : undefined;
    case "list":
      return toList(item_type, value);
    default:
      return value;
  }
}

function toNumber(value: Json, text: RegExp, accepts: (number: number) => boolean): number | undefined {
  if (typeof value === "number") return accepts(value) ? value : undefined;
  return typeof value === "string" && text.test(value) ? Number(value) : undefined;
}

function toBoolean(value: Json): boolean | undefined {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : undefined;
  if (word === "true") return true;
  return word === "false" ? false : undefined;
}

function toList(itemType: string | undefined, value: Json): Json[] | undefined {
  // A single text stands for a list of one: `-p node_ids=web` is how people type it.
  const items = typeof value === "string" ? [value] : value;
  if (!Array.isArray(items)) return undefined;
  if (!itemType) return items;
  const converted = items.map((item) => convertParameter({ type: itemType }, item));
  return converted.includes(undefined) ? undefined : (converted as Json[]);
}
