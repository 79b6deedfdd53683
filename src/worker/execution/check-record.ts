import type { Json, JsonObject } from "../../api/resources.ts";
import type { Command } from "../../workflow/index.ts";

type RecordCheck = Extract<Command, { kind: "record-check" }>;

/** An instance's system properties after a check, and the flags that lists filter by. */
export function recordCheck(properties: JsonObject, { check, relatedId, entry, reset }: Omit<RecordCheck, "kind">, now: string) {
  const recorded = { ...entry, timestamp: now };
  const next: JsonObject = { ...properties };
  if (check === "status") next["previous_status"] = reset ? null : (properties["status"] ?? null);
  next[check] = relatedId === null ? recorded : { ...object(properties[check]), [relatedId]: recorded };
  return {
    system_properties: next,
    is_status_check_ok: object(next["status"])["ok"] === true,
    has_configuration_drift: hasDrift(next),
  };
}

/** A check that found something, on the instance or on one of its relationships. */
function hasDrift(properties: JsonObject): boolean {
  const sides = ["source_relationships_configuration_drift", "target_relationships_configuration_drift"];
  const entries = [properties["configuration_drift"], ...sides.flatMap((side) => Object.values(object(properties[side])))];
  return entries.some((entry) => isSomething(object(entry)["result"] ?? null));
}

const isSomething = (value: Json): boolean =>
  typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);

const object = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
