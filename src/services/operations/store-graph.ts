import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import type { TaskState } from "../../api/statuses.ts";
import type { TasksGraphRow, UnitOfWork } from "../../storage/index.ts";
import { found } from "../refusal.ts";

export interface StoredTask {
  id: string;
  name: string;
  type: string;
  dependencies: string[];
  parameters: JsonObject;
  state?: TaskState;
}

export interface GraphToStore {
  id?: string;
  executionId: string;
  name: string;
  operations: readonly StoredTask[];
}

/** Tasks that only give the graph its shape do not count as operations of the execution. */
const NO_OPERATION = "NOPLocalWorkflowTask";

/**
 * Stores a task graph with all its operations, so that the execution can be taken up where it stopped.
 * @throws not_found_error when the execution does not exist
 */
export async function storeGraph(tx: UnitOfWork, graph: GraphToStore): Promise<TasksGraphRow> {
  found(await tx.executions.get(graph.executionId), "Execution", graph.executionId);
  const id = graph.id ?? randomUUID();
  await tx.tasksGraphs.insert({ id, execution_id: graph.executionId, name: graph.name, created_at: tx.now() });
  await addOperations(tx, graph.executionId, id, graph.operations);
  return found(await tx.tasksGraphs.get(id), "TasksGraph", id);
}

/** Adds tasks to a stored graph: a retry, or what a workflow appended while it ran. */
export async function addOperations(
  tx: UnitOfWork,
  executionId: string,
  graphId: string,
  operations: readonly StoredTask[],
): Promise<void> {
  const created_at = tx.now();
  await tx.operations.insertMany(
    operations.map(({ id, name, type, dependencies, parameters, state = "pending" }) => ({
      id,
      name,
      type,
      dependencies,
      parameters,
      state,
      tasks_graph_id: graphId,
      created_at,
    })),
  );
  const total = operations.filter(({ type }) => type !== NO_OPERATION).length;
  await tx.executions.addOperations(executionId, { total });
  tx.publish(`execution:${executionId}`);
}

export const countsAsOperation = (type: string): boolean => type !== NO_OPERATION;
