import type { JsonObject } from "../../api/resources.ts";

const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** What the last checks found, as lists of node instances show it. */
export function health(
  state: string,
  system: JsonObject,
): { has_configuration_drift: boolean; is_status_check_ok: boolean } {
  const status = asObject(system["status"]);
  return {
    has_configuration_drift: hasDrift(system),
    // Before the first check, an instance that is started is taken to be well.
    is_status_check_ok: status ? status["ok"] === true : state === "started",
  };
}

function hasDrift(system: JsonObject): boolean {
  const own = asObject(system["configuration_drift"]);
  if (own?.["result"]) return true;
  return ["source_relationships_configuration_drift", "target_relationships_configuration_drift"].some((side) =>
    Object.values(asObject(system[side]) ?? {}).some((drift) => Boolean(asObject(drift)?.["result"])),
  );
}
