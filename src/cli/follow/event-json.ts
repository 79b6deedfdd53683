import type { Event } from "../../api/resources.ts";

/** What the original moves from the event into its `context`, `node_instance_id` under the name `node_id`. */
const MOVED = new Set([
  "deployment_id",
  "execution_id",
  "node_name",
  "operation",
  "workflow_id",
  "node_instance_id",
  "error_causes",
]);

/** The event in the form of the original's JSON lines, which scripts read. */
export function mappedEvent(event: Event): Record<string, unknown> {
  const kept = Object.entries(event).filter(([key]) => !MOVED.has(key) && key !== "type");
  return {
    ...Object.fromEntries(kept),
    message: { arguments: null, text: event.message },
    type: event.type,
    context: {
      deployment_id: event.deployment_id,
      execution_id: event.execution_id,
      node_name: event.node_name,
      operation: event.operation,
      workflow_id: event.workflow_id,
      node_id: event.node_instance_id,
      source_id: event.source_id,
      target_id: event.target_id,
      task_error_causes: event.error_causes,
    },
  };
}
