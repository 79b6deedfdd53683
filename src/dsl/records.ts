import { isTaggedScalar } from "./yaml/tagged-scalars.ts";

export type Dict = Record<string, unknown>;

/** A mapping: no list, no null, no date. */
export const isDict = (value: unknown): value is Dict =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isTaggedScalar(value);

/** The value of a key the mapping itself has; names such as `constructor` are not inherited from anywhere. */
export const own = <T>(mapping: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(mapping, key) ? mapping[key] : undefined;

/** The mapping with every value changed. */
export const mapValues = <T, U>(mapping: Readonly<Record<string, T>>, change: (value: T, key: string) => U) => {
  const changed: Record<string, U> = {};
  for (const [key, value] of Object.entries(mapping)) changed[key] = change(value, key);
  return changed;
};

/** How an error names the kind of a value. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isTaggedScalar(value)) return "toJSON" in value && typeof value.toJSON() === "number" ? "a float" : "a date";
  switch (typeof value) {
    case "string":
      return "text";
    case "boolean":
      return "a boolean";
    case "number":
      return Number.isInteger(value) ? "an integer" : "a float";
    default:
      return "a dict";
  }
}
