import { functionNameOf } from "./functions/recognize.ts";
import { pythonText } from "./python/text.ts";
import { isTaggedScalar } from "./yaml/tagged-scalars.ts";

/**
 * The value without tagged scalars. Unchanged parts are shared with the input. A part of `concat` becomes the text it
 * is joined as, since `2.0` could not be told from `2` later.
 */
export function plainJson<T>(value: T): T {
  return strip(value) as T;
}

function strip(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isTaggedScalar(value)) return value.toJSON();
  if (Array.isArray(value)) return stripItems(value, strip);
  const joins = functionNameOf(value) === "concat";
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const plain = joins && key === "concat" && Array.isArray(item) ? stripItems(item, joined) : strip(item);
    if (plain !== item) {
      copy ??= { ...value };
      copy[key] = plain;
    }
  }
  return copy ?? value;
}

const joined = (part: unknown): unknown => (isTaggedScalar(part) ? pythonText(part) : strip(part));

function stripItems(items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}
