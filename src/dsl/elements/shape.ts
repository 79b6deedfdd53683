// The form of the language's elements as data: which keys a mapping has, of which kind, and since which version.
import { formatError } from "../errors.ts";
import { nearest, nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import { type Dict, isDict, kindOf } from "../records.ts";
import { tooNew } from "../version.ts";
import { isTaggedScalar } from "../yaml/tagged-scalars.ts";
import type { ElementContext } from "./context.ts";

type Kind = "text" | "boolean" | "integer" | "number" | "list" | "dict" | "text or dict" | "dict or list" | "anything";

export interface Field {
  kind: Kind;
  required?: true;
  /** Minor version the key came with. */
  since?: number;
}

export type Shape = Readonly<Record<string, Field>>;

export const text: Field = { kind: "text" };
export const boolean: Field = { kind: "boolean" };
export const integer: Field = { kind: "integer" };
export const list: Field = { kind: "list" };
export const dict: Field = { kind: "dict" };
export const anything: Field = { kind: "anything" };
export const number: Field = { kind: "number" };
export const required = (field: Field): Field => ({ ...field, required: true });
export const since = (minor: number, field: Field): Field => ({ ...field, since: minor });

const KINDS: Readonly<Record<Kind, { name: string; accepts: (value: unknown) => boolean }>> = {
  text: { name: "text", accepts: (value) => typeof value === "string" },
  boolean: { name: "true or false", accepts: (value) => typeof value === "boolean" },
  // A boolean counts as 0 or 1, as it does in Python.
  integer: { name: "an integer", accepts: (value) => Number.isInteger(value) || typeof value === "boolean" },
  number: {
    name: "a number",
    accepts: (value) => typeof value === "number" || typeof value === "boolean" || isTaggedScalar(value),
  },
  list: { name: "a list", accepts: Array.isArray },
  dict: { name: "a dict", accepts: isDict },
  "text or dict": { name: "text or a dict", accepts: (value) => typeof value === "string" || isDict(value) },
  "dict or list": { name: "a dict or a list", accepts: (value) => isDict(value) || Array.isArray(value) },
  anything: { name: "anything", accepts: () => true },
};

/**
 * The mapping at `path` without its absent keys, or undefined when it is no mapping at all. What is wrong with single
 * keys is reported and the keys left out, so that the rest of the element is still looked at.
 */
export function checkShape(raw: unknown, shape: Shape, path: Path | null, context: ElementContext): Dict | undefined {
  if (!isDict(raw)) {
    context.report(formatError(`${name(path)} must be a dict, and this is ${kindOf(raw)}`, { at: path }));
    return undefined;
  }
  checkKeys(raw, path, context);
  const fields: Dict = {};
  const meant = new Set<string>();
  for (const [key, value] of Object.entries(raw)) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!field) {
      const known = Object.keys(shape);
      meant.add(nearest(key, known) ?? "");
      const hint = nearestHint(key, known) ?? `it has ${known.join(", ")}`;
      context.report(
        formatError(`${name(path)} has no key ${JSON.stringify(key)}`, { at: at(path, key), onKey: true, hint }),
      );
    } else if (checkField(key, value, field, path, context)) fields[key] = value;
  }
  let complete = true;
  for (const key in shape) {
    if (shape[key]?.required && (raw[key] === undefined || raw[key] === null)) {
      complete = false;
      // A misspelt key has been reported as such.
      if (meant.has(key)) continue;
      context.report(formatError(`${name(path)} lacks ${JSON.stringify(key)}`, { at: at(path, key) }));
    } else if (shape[key]?.required && fields[key] === undefined) complete = false;
  }
  return complete ? fields : undefined;
}

/** The entries of a mapping of named elements; empty when absent. */
export function namedEntries(raw: unknown, path: Path, context: ElementContext): [string, unknown][] {
  if (raw === undefined || raw === null) return [];
  if (!isDict(raw)) {
    context.report(formatError(`${name(path)} must be a dict, and this is ${kindOf(raw)}`, { at: path }));
    return [];
  }
  checkKeys(raw, path, context);
  return Object.entries(raw);
}

function checkField(key: string, value: unknown, field: Field, path: Path | null, context: ElementContext): boolean {
  // Absent and null are the same, except where null is itself a value.
  if (value === undefined || (value === null && key !== "default" && key !== "value")) return false;
  const here = at(path, key);
  if (field.kind !== "anything" && !KINDS[field.kind].accepts(value)) {
    context.report(
      formatError(`${name(here)} must be ${KINDS[field.kind].name}, and this is ${kindOf(value)}`, { at: here }),
    );
    return false;
  }
  if (field.since !== undefined && context.validateVersion && context.version.minor < field.since) {
    context.report(tooNew(JSON.stringify(key), field.since, context.version, here));
    return false;
  }
  return true;
}

function checkKeys(mapping: Dict, path: Path | null, context: ElementContext): void {
  const odd = context.sources.oddKey(mapping);
  if (odd === undefined) return;
  context.report(
    formatError(`the key ${odd} of ${name(path)} is not text`, {
      at: at(path, odd),
      onKey: true,
      hint: `quote it: "${odd}"`,
    }),
  );
}

function name(path: Path | null): string {
  if (path === null) return "the blueprint";
  return typeof path.key === "number" ? `element ${path.key} of ${path.parent?.key ?? "the list"}` : String(path.key);
}
