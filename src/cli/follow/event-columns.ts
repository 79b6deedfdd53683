import type { Event } from "../../api/resources.ts";
import type { Column } from "../output/column.ts";

/** Events as rows, where neither lines nor JSON are asked for. */
export const EVENT_COLUMNS: readonly Column<Event>[] = [
  { key: "reported_timestamp" },
  { key: "type" },
  { key: "event_type" },
  { key: "level" },
  { key: "deployment_id" },
  { key: "execution_id" },
  { key: "workflow_id" },
  { key: "node_instance_id" },
  { key: "operation" },
  { key: "message" },
];
