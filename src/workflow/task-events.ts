import type { TaskState } from "../api/statuses.ts";
import { pythonStr } from "../lib/python-text.ts";
import type { WorkflowEvent } from "./command.ts";
import type { LiveGraph } from "./graph-state.ts";
import type { TaskOutcome } from "./happening.ts";
import { INFINITE_RETRIES, instanceOf, operationOf, type Task } from "./task.ts";

const EVENT_TYPES: Partial<Record<TaskState, string>> = {
  sending: "sending_task",
  started: "task_started",
  succeeded: "task_succeeded",
  rescheduled: "task_rescheduled",
  failed: "task_failed",
};

/** The event that tells a task's new state; null when that state is not told for such a task. */
export function taskEvent(graph: LiveGraph, task: Task, state: TaskState, outcome?: TaskOutcome): WorkflowEvent | null {
  const eventType = EVENT_TYPES[state];
  if (!eventType || !isTold(task, state)) return null;
  const failure = outcome && !outcome.succeeded ? outcome.failure : null;
  return {
    eventType,
    message: [
      sentence(task, state, outcome),
      graph.options.dryRun ? " (dry run)" : "",
      task.currentRetries > 0 ? retrySuffix(task) : "",
    ].join(""),
    ...subject(graph, task),
    operation: graph.options.stored ? operationOf(task.work) : null,
    errorCauses: failure && task.work.type === "RemoteWorkflowTask" ? failure.causes : null,
    context: {
      task_name: task.name,
      task_id: task.id,
      task_current_retries: task.currentRetries,
      task_total_retries: task.totalRetries,
    },
  };
}

/** A stored graph tells of the instance that runs an operation; one that is not stored tells of both sides. */
function subject(graph: LiveGraph, { work }: Task): Pick<WorkflowEvent, "nodeInstanceId" | "sides"> {
  if (graph.options.stored || work.type !== "RemoteWorkflowTask" || work.call.related === null)
    return { nodeInstanceId: instanceOf(work) };
  const { nodeInstanceId: own, related } = work.call;
  const [sourceId, targetId] = related.isTarget ? [own, related.nodeInstanceId] : [related.nodeInstanceId, own];
  return { nodeInstanceId: null, sides: { sourceId, targetId } };
}

function isTold(task: Task, state: TaskState): boolean {
  switch (task.work.type) {
    case "SubgraphTask":
    case "LocalWorkflowTask":
    case "RemoteWorkflowTask":
      return task.sendTaskEvents || state === "failed";
    case "DryRunLocalWorkflowTask":
      return task.sendTaskEvents && state === "succeeded";
    default:
      return false;
  }
}

function sentence(task: Task, state: TaskState, outcome?: TaskOutcome): string {
  const subject = task.work.type === "SubgraphTask" ? "Subgraph" : "Task";
  if (state === "sending") return `Sending task '${task.name}'`;
  const text = `${subject} ${state} '${task.name}'`;
  if (!outcome) return text;
  if (outcome.succeeded) return outcome.result === null ? text : `${text} - ${pythonStr(outcome.result)}`;
  return outcome.failure ? `${text} -> ${outcome.failure.message}` : text;
}

const retrySuffix = (task: Task): string =>
  task.totalRetries === INFINITE_RETRIES
    ? ` [retry ${task.currentRetries}]`
    : ` [retry ${task.currentRetries}/${task.totalRetries}]`;

/** An event of the workflow's own words about a node instance. */
export const nodeEvent = (nodeInstanceId: string, message: string): WorkflowEvent => ({
  eventType: "workflow_node_event",
  message,
  nodeInstanceId,
  operation: null,
  errorCauses: null,
  context: {},
});
