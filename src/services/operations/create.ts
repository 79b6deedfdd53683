import type { UnitOfWork } from "../../storage/index.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { found } from "../refusal.ts";
import { changeableExecution, graphView, operationView } from "./list.ts";
import { addOperations, type GraphToStore, type StoredTask, storeGraph } from "./store-graph.ts";

/** Stores the graph of a workflow that runs elsewhere. @throws not_found_error for an unknown execution */
export async function createGraph(tx: UnitOfWork, who: Identity, graph: GraphToStore) {
  const execution = await changeableExecution(tx, who, graph.executionId);
  for (const { id } of graph.operations) validateTaskId(id);
  return graphView(await storeGraph(tx, graph), execution);
}

/** Adds a task to a stored graph. @throws not_found_error for an unknown graph */
export async function createOperation(tx: UnitOfWork, who: Identity, graphId: string, task: StoredTask) {
  authorize(who, "operations");
  const graph = found(await tx.tasksGraphs.get(graphId), "TasksGraph", graphId);
  const execution = await changeableExecution(tx, who, graph.execution_id);
  validateTaskId(task.id);
  await addOperations(tx, execution.id, graphId, [task]);
  return operationView(found(await tx.operations.get(task.id), "Operation", task.id), execution);
}

/** Takes a task out of a stored graph. @throws not_found_error */
export async function removeOperation(tx: UnitOfWork, who: Identity, id: string): Promise<void> {
  authorize(who, "operations");
  const operation = found(await tx.operations.get(id), "Operation", id);
  const graph = found(await tx.tasksGraphs.get(operation.tasks_graph_id), "TasksGraph", operation.tasks_graph_id);
  await changeableExecution(tx, who, graph.execution_id);
  await tx.operations.remove(id);
}

/** What is known of a task's processes stands in a file of its name. @throws bad_parameters_error */
const validateTaskId = (id: string): string => validateIdentifier("id", id, { mayBeginWithDigit: true });
