/** Tasks as the rows of `tasks_graphs` and `operations`, and back: the same form as the original's. */

import type { Json, JsonObject, Operation } from "../api/resources.ts";
import type { NodeInstanceState } from "../api/statuses.ts";
import type { TaskFailure } from "./failure.ts";
import { objectOf } from "./json-values.ts";
import type { OperationCall, RelatedInstance, Task, Work } from "./task.ts";

/** The part of an operation's row that the engine knows. */
export type StoredOperation = Pick<Operation, "id" | "name" | "state" | "type" | "dependencies" | "parameters">;

/**
 * A task as its row.
 * @param context what every operation's context of this execution holds: execution_id, workflow_id, tenant, …
 */
export function toStoredOperation(task: Task, context: JsonObject = {}): StoredOperation {
  return {
    id: task.id,
    name: task.name,
    state: task.state,
    type: task.work.type,
    dependencies: task.dependencies,
    parameters: {
      on_success: task.onSuccess === "continue" ? null : { rule: task.onSuccess },
      on_failure: task.onFailure === "retry" ? null : { rule: task.onFailure },
      retried_task: task.retriedTask,
      current_retries: task.currentRetries,
      send_task_events: task.sendTaskEvents,
      retry_interval: task.retryInterval,
      total_retries: task.totalRetries,
      info: task.work.type === "SubgraphTask" ? { name: task.name } : task.info,
      error: task.failure as Json,
      containing_subgraph: task.subgraph,
      task_kwargs: taskKwargs(task, context),
      ...(task.executeAfter === null ? {} : { execute_after: task.executeAfter }),
      ...(task.record === null ? {} : { record: { ...task.record } }),
    },
  };
}

function taskKwargs({ id, name, work, currentRetries, totalRetries }: Task, context: JsonObject): JsonObject {
  switch (work.type) {
    case "RemoteWorkflowTask": {
      const attempt = { id, name, currentRetries, totalRetries };
      return { kwargs: { ...work.call.kwargs, __cloudify_context: operationContext(work.call, attempt, context) } };
    }
    case "LocalWorkflowTask":
      return { function: work.call.function, kwargs: work.call.kwargs, node_instance_id: work.call.nodeInstanceId };
    case "SetNodeInstanceStateTask":
      return { node_instance_id: work.nodeInstanceId, state: work.state };
    case "SendNodeEventTask":
      return { node_instance_id: work.nodeInstanceId, event: work.event, additional_context: null };
    case "SendWorkflowEventTask":
      return { event: work.event, event_type: work.eventType, additional_context: work.context };
    case "GetNodeInstanceStateTask":
    case "DryRunLocalWorkflowTask":
      return { node_instance_id: work.nodeInstanceId };
    case "UpdateExecutionStatusTask":
      return { status: work.status };
    default:
      return {};
  }
}

interface Attempt {
  id: string;
  name: string;
  currentRetries: number;
  totalRetries: number;
}

/** What an operation's `ctx` is made of, for one attempt. */
function operationContext(call: OperationCall, attempt: Attempt, context: JsonObject): JsonObject {
  const { related } = call;
  const operation = { name: call.operation, retry_number: attempt.currentRetries, max_retries: attempt.totalRetries };
  return {
    __cloudify_context: "0.3",
    type: "operation",
    task_id: attempt.id,
    task_name: attempt.name,
    timeout: call.timeout,
    timeout_recoverable: call.timeoutRecoverable,
    node_id: call.nodeInstanceId,
    node_name: call.nodeId,
    plugin: { name: call.plugin },
    operation: related ? { ...operation, relationship: related.isTarget ? "source" : "target" } : operation,
    has_intrinsic_functions: call.hasIntrinsicFunctions,
    host_id: call.hostId,
    executor: call.executor,
    ...(related
      ? {
          related: {
            node_id: related.nodeInstanceId,
            node_name: related.nodeId,
            is_target: related.isTarget,
            relationship: related.relationship,
          },
        }
      : {}),
    ...context,
  };
}

/** The task that a row holds. @throws Error the row's type is none of the engine's */
export function fromStoredOperation(row: StoredOperation): Task {
  const parameters = row.parameters;
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    work: workOf(row),
    dependencies: row.dependencies,
    subgraph: text(parameters.containing_subgraph),
    currentRetries: number(parameters.current_retries, 0),
    totalRetries: number(parameters.total_retries, 0),
    retryInterval: number(parameters.retry_interval, 0),
    retriedTask: text(parameters.retried_task),
    executeAfter: typeof parameters.execute_after === "number" ? parameters.execute_after : null,
    sendTaskEvents: parameters.send_task_events !== false,
    onSuccess: (text(objectOf(parameters.on_success).rule) ?? "continue") as Task["onSuccess"],
    onFailure: (text(objectOf(parameters.on_failure).rule) ?? "retry") as Task["onFailure"],
    record: parameters.record ? (parameters.record as unknown as Task["record"]) : null,
    info: text(parameters.info),
    failure: parameters.error ? (parameters.error as unknown as TaskFailure) : null,
  };
}

function workOf(row: StoredOperation): Work {
  const kwargs = objectOf(row.parameters.task_kwargs);
  const nodeInstanceId = String(kwargs.node_instance_id);
  switch (row.type) {
    case "RemoteWorkflowTask":
      return { type: row.type, call: callOf(row, objectOf(kwargs.kwargs)) };
    case "LocalWorkflowTask":
      return {
        type: row.type,
        call: {
          function: text(kwargs.function) ?? row.name,
          kwargs: objectOf(kwargs.kwargs),
          nodeInstanceId: text(kwargs.node_instance_id),
        },
      };
    case "SetNodeInstanceStateTask":
      return { type: row.type, nodeInstanceId, state: String(kwargs.state) as NodeInstanceState };
    case "SendNodeEventTask":
      return { type: row.type, nodeInstanceId, event: String(kwargs.event) };
    case "SendWorkflowEventTask": {
      const eventType = text(kwargs.event_type) ?? "workflow_stage";
      return { type: row.type, event: String(kwargs.event), eventType, context: objectOf(kwargs.additional_context) };
    }
    case "GetNodeInstanceStateTask":
      return { type: row.type, nodeInstanceId };
    case "DryRunLocalWorkflowTask":
      return { type: row.type, nodeInstanceId: text(kwargs.node_instance_id) };
    case "UpdateExecutionStatusTask":
      return { type: row.type, status: String(kwargs.status) as never };
    case "NOPLocalWorkflowTask":
    case "SubgraphTask":
      return { type: row.type };
    default:
      throw new Error(`Stored operation ${row.id} is of type ${row.type}, which this engine cannot run`);
  }
}

function callOf(row: StoredOperation, kwargs: JsonObject): OperationCall {
  const { __cloudify_context: stored, ...own } = kwargs;
  const context = objectOf(stored);
  return {
    operation: String(objectOf(context.operation).name),
    task: row.name,
    plugin: String(objectOf(context.plugin).name),
    executor: text(context.executor) ?? "",
    nodeInstanceId: String(context.node_id),
    nodeId: String(context.node_name),
    hostId: text(context.host_id),
    related: relatedOf(context.related),
    kwargs: own,
    hasIntrinsicFunctions: context.has_intrinsic_functions === true,
    timeout: typeof context.timeout === "number" ? context.timeout : null,
    timeoutRecoverable: typeof context.timeout_recoverable === "boolean" ? context.timeout_recoverable : null,
  };
}

function relatedOf(value: Json | undefined): RelatedInstance | null {
  if (!value) return null;
  const related = objectOf(value);
  return {
    nodeInstanceId: String(related.node_id),
    nodeId: String(related.node_name),
    isTarget: related.is_target === true,
    relationship: text(related.relationship) ?? "",
  };
}

const text = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
const number = (value: Json | undefined, fallback: number): number => (typeof value === "number" ? value : fallback);
