import type { JsonObject } from "../../api/resources.ts";
import { pythonStr } from "../../lib/python-text.ts";

/** Tasks whose states the server tells about; the others are the workflow's own business. */
const TOLD: Record<string, string> = { RemoteWorkflowTask: "Task", SubgraphTask: "Subgraph" };

const EVENTS: Record<string, { event_type: string; verb: string }> = {
  sending: { event_type: "sending_task", verb: "Sending task" },
  started: { event_type: "task_started", verb: "started" },
  rescheduled: { event_type: "task_rescheduled", verb: "rescheduled" },
  succeeded: { event_type: "task_succeeded", verb: "succeeded" },
  failed: { event_type: "task_failed", verb: "failed" },
};

export interface TaskReport {
  name: string;
  type: string;
  parameters: JsonObject;
  state: string;
  result?: unknown;
  exception?: unknown;
}

/** The event that a task's new state is worth, if any. */
export function taskEvent({ name, type, parameters, state, result, exception }: TaskReport) {
  const subject = TOLD[type];
  const event = EVENTS[state];
  if (!subject || !event) return undefined;
  // An operation is told of when it is sent, a subgraph when it starts.
  if (state === (subject === "Task" ? "started" : "sending")) return undefined;
  const said = state === "sending" ? `${event.verb} '${name}'` : `${subject} ${event.verb} '${name}'`;
  return {
    event_type: event.event_type,
    message: said + outcome(state, result, exception) + retries(parameters),
  };
}

function outcome(state: string, result: unknown, exception: unknown): string {
  if (state === "succeeded" && result !== undefined && result !== null) return ` - ${pythonStr(result)}`;
  const failed = state === "failed" || state === "rescheduled";
  return failed && exception !== undefined && exception !== null ? ` -> ${pythonStr(exception)}` : "";
}

function retries(parameters: JsonObject): string {
  const current = Number(parameters["current_retries"] ?? 0);
  const total = Number(parameters["total_retries"] ?? 0);
  if (current === 0) return "";
  return total < 0 ? ` [retry ${current}]` : ` [retry ${current}/${total}]`;
}
