import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../api/resources.ts";
import type { PropertiesChange, StoredProperties } from "./job.ts";

/** Two operations have changed one key at the same time: to store this one's value would undo the other's. */
export class PropertiesOvertaken extends Error {
  override name = "PropertiesOvertaken";

  constructor(instanceId: string, keys: readonly string[]) {
    super(
      `Runtime properties of ${instanceId} were changed by another operation while this one ran, which changed them, ` +
        `too: ${keys.join(", ")}`,
    );
  }
}

/** Compares by top-level key, so that two operations that touch different keys of one instance do not undo each other. */
export function propertiesChange(before: JsonObject, after: JsonObject, version: number): PropertiesChange | null {
  const set: JsonObject = {};
  for (const [key, value] of Object.entries(after)) if (!isDeepStrictEqual(before[key], value)) set[key] = value;
  const removed = Object.keys(before).filter((key) => !(key in after));
  const touched = [...Object.keys(set), ...removed];
  if (touched.length === 0) return null;
  const was = Object.fromEntries(Object.entries(before).filter(([key]) => touched.includes(key)));
  return { set, removed, was, version };
}

export function applyChange(properties: JsonObject, { set, removed }: PropertiesChange): JsonObject {
  const kept = Object.entries(properties).filter(([key]) => !removed.includes(key));
  return { ...Object.fromEntries(kept), ...set };
}

/** The keys of the change that are stored otherwise than it had read them, and otherwise than it wants them. */
export function overtakenKeys(stored: StoredProperties, { set, removed, was, version }: PropertiesChange): string[] {
  if (stored.version === version) return [];
  const now = stored.runtimeProperties;
  return [...Object.keys(set), ...removed].filter(
    (key) => !isDeepStrictEqual(now[key], was[key]) && !isDeepStrictEqual(now[key], set[key]),
  );
}
