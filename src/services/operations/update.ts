import type { ErrorCause, JsonObject } from "../../api/resources.ts";
import { type NodeInstanceState, TASK_STATES, type TaskState } from "../../api/statuses.ts";
import type { ExecutionRow, NewEvent, OperationRow, UnitOfWork } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { setNodeInstanceState } from "../node-instances/update.ts";
import { badParameters, found } from "../refusal.ts";
import { changeableExecution } from "./list.ts";
import { countsAsOperation } from "./store-graph.ts";
import { taskEvent } from "./task-event.ts";

export interface OperationUpdate {
  state: string;
  result?: unknown;
  exception?: unknown;
  exception_causes?: ErrorCause[] | null;
  manager_name?: string | null;
  agent_name?: string | null;
}

const ENDED: readonly TaskState[] = ["succeeded", "failed"];

/**
 * Stores a task's new state and does what follows from it: the event that tells of it, the node instance's state or
 * event that the task stands for, the count of finished operations. All of it or nothing.
 * @throws not_found_error, forbidden_error
 */
export async function updateOperation(
  tx: UnitOfWork,
  who: Identity,
  operationId: string,
  update: OperationUpdate,
): Promise<void> {
  authorize(who, "operations");
  const operation = found(await tx.operations.get(operationId), "Operation", operationId);
  const graph = found(await tx.tasksGraphs.get(operation.tasks_graph_id), "TasksGraph", operation.tasks_graph_id);
  const execution = await changeableExecution(tx, who, graph.execution_id);
  const state = parseTaskState(update.state);
  await tx.operations.update(operationId, {
    state,
    ...(update.manager_name ? { manager_name: update.manager_name } : {}),
    ...(update.agent_name ? { agent_name: update.agent_name } : {}),
  });
  if (ENDED.includes(state) && !ENDED.includes(operation.state) && countsAsOperation(operation.type)) {
    await tx.executions.addOperations(execution.id, { finished: 1 });
  }
  const told = taskEvent({ ...operation, ...update, state });
  if (told) {
    const now = tx.now();
    await tx.events.append([{ ...eventOf(execution, operation, update), ...told, timestamp: now }], now);
  }
  if (state === "succeeded") await carryOut(tx, execution, operation);
  tx.publish(`execution:${execution.id}`);
}

/** @throws bad_parameters_error for a word that is no state of a task */
export function parseTaskState(asked: string): TaskState {
  const state = TASK_STATES.find((known) => known === asked);
  if (state) return state;
  throw badParameters(`Invalid operation state: ${asked}. Known are: ${TASK_STATES.join(", ")}`);
}

/** Two kinds of tasks are nothing but a change in the database. */
async function carryOut(tx: UnitOfWork, execution: ExecutionRow, { type, parameters }: OperationRow): Promise<void> {
  const task = object(parameters["task_kwargs"]);
  const instance = String(task["node_instance_id"] ?? task["id"] ?? "");
  if (type === "SetNodeInstanceStateTask") {
    await setNodeInstanceState(tx, execution.tenant_name, [instance], String(task["state"]) as NodeInstanceState);
  }
  if (type === "SendNodeEventTask") {
    const event = {
      ...belongsTo(execution),
      type: "cloudify_event" as const,
      timestamp: tx.now(),
      event_type: "workflow_node_event",
      message: String(task["event"] ?? ""),
      node_instance_id: instance,
    };
    await tx.events.append([event], tx.now());
  }
}

function eventOf(
  execution: ExecutionRow,
  { parameters }: OperationRow,
  { exception_causes, manager_name, agent_name }: OperationUpdate,
): Omit<NewEvent, "message" | "event_type" | "timestamp"> {
  const context = object(object(object(parameters["task_kwargs"])["kwargs"])["__cloudify_context"]);
  return {
    ...belongsTo(execution),
    type: "cloudify_event",
    operation: text(object(context["operation"])["name"]),
    node_instance_id: text(context["node_id"]),
    source_id: text(context["source_id"]),
    target_id: text(context["target_id"]),
    error_causes: exception_causes ?? null,
    manager_name: manager_name ?? null,
    agent_name: agent_name ?? null,
  };
}

const belongsTo = ({ tenant_name, id, deployment_id, blueprint_id, workflow_id }: ExecutionRow) => ({
  tenant_name,
  execution_id: id,
  deployment_id,
  blueprint_id,
  workflow_id,
});

const object = (value: unknown): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
