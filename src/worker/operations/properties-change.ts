import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../api/resources.ts";
import type { PropertiesChange } from "./job.ts";

/** Compares by top-level key, so that two operations that touch different keys of one instance do not undo each other. */
export function propertiesChange(before: JsonObject, after: JsonObject, version: number): PropertiesChange | null {
  const set: JsonObject = {};
  for (const [key, value] of Object.entries(after)) if (!isDeepStrictEqual(before[key], value)) set[key] = value;
  const removed = Object.keys(before).filter((key) => !(key in after));
  return Object.keys(set).length === 0 && removed.length === 0 ? null : { set, removed, version };
}

export function applyChange(properties: JsonObject, { set, removed }: PropertiesChange): JsonObject {
  const kept = Object.entries(properties).filter(([key]) => !removed.includes(key));
  return { ...Object.fromEntries(kept), ...set };
}
