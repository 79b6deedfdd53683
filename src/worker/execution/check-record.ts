import type { Json, JsonObject } from "../../api/resources.ts";
import { health } from "../../services/node-instances/health.ts";
import type { NodeInstanceRow } from "../../storage/index.ts";
import type { Command } from "../../workflow/index.ts";

type Instance = Pick<NodeInstanceRow, "state" | "system_properties">;
type RecordCheck = Extract<Command, { kind: "record-check" }>;

/** An instance's system properties after a check, and the flags that lists filter by. */
export function recordCheck(
  { state, system_properties: properties }: Instance,
  { check, relatedId, entry, reset }: Omit<RecordCheck, "kind">,
  now: string,
) {
  const recorded = { ...entry, timestamp: now };
  const next: JsonObject = { ...properties };
  if (check === "status") next["previous_status"] = reset ? null : (properties["status"] ?? null);
  next[check] = relatedId === null ? recorded : { ...object(properties[check]), [relatedId]: recorded };
  return { system_properties: next, ...health(state, next) };
}

const object = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
