import type { Event } from "../../api/resources.ts";
import type { EventRow } from "../../storage/index.ts";

/** Fields of an event as the wire names them, with the column each comes from. */
const COMMON = {
  _storage_id: "storage_id",
  timestamp: "timestamp",
  reported_timestamp: "reported_timestamp",
  blueprint_id: "blueprint_id",
  deployment_id: "deployment_id",
  deployment_display_name: "deployment_display_name",
  execution_id: "execution_id",
  execution_group_id: "execution_group_id",
  workflow_id: "workflow_id",
  message: "message",
  error_causes: "error_causes",
  operation: "operation",
  source_id: "source_id",
  target_id: "target_id",
  manager_name: "manager_name",
  agent_name: "agent_name",
  node_instance_id: "node_instance_id",
  node_name: "node_name",
  type: "type",
} as const satisfies Record<string, keyof EventRow>;

const OF_EVENTS = { event_type: "event_type" } as const;
const OF_LOGS = { logger: "logger", level: "level" } as const;

/** Every field that a query can name, with its column. */
export const EVENT_FIELDS: Readonly<Record<string, keyof EventRow>> = { ...COMMON, ...OF_EVENTS, ...OF_LOGS };

/** A log line has a logger and a level where an event has a type. */
export function eventView(row: EventRow, include?: readonly string[]): Partial<Event> {
  const fields = Object.entries({ ...COMMON, ...(row.type === "cloudify_event" ? OF_EVENTS : OF_LOGS) });
  const shown = include ? fields.filter(([field]) => include.includes(field)) : fields;
  const view = Object.fromEntries(shown.map(([field, column]) => [field, row[column]]));
  // The API has never named an instance that does not exist any more, though the texts of its events do.
  return "node_instance_id" in view && row.node_name === null ? { ...view, node_instance_id: null } : view;
}
