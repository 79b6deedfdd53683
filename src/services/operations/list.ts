import type { ExecutionRow, OperationRow, Repositories, TasksGraphRow } from "../../storage/index.ts";
import { ownExecution } from "../executions/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, last, type RawQuery } from "../queries/list-query.ts";
import { badParameters, found } from "../refusal.ts";
import { visibilityForms } from "../views.ts";

/** Tasks that are work of the deployment; the rest is how a workflow gets there. */
const WORK = ["SubgraphTask", "RemoteWorkflowTask"];

/** The stored graphs of an execution. @throws not_found_error for an unknown execution */
export async function listGraphs(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "operations");
  const execution = await executionOf(read, who, last(query["execution_id"]));
  const graphs = await read.tasksGraphs.ofExecution(execution.id, last(query["name"]));
  return listOf(graphs.map((graph) => graphView(graph, execution)));
}

/** The stored tasks of a graph, or of all graphs of an execution. */
export async function listOperations(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "operations");
  const [graphId, executionId] = [last(query["graph_id"]), last(query["execution_id"])];
  if ((graphId === undefined) === (executionId === undefined)) {
    throw badParameters("Send exactly one of `graph_id` and `execution_id`");
  }
  const graph = graphId === undefined ? undefined : found(await read.tasksGraphs.get(graphId), "TasksGraph", graphId);
  const execution = await executionOf(read, who, executionId ?? graph?.execution_id);
  const filter = flag(query, "skip_internal") ? { types: WORK } : {};
  const operations = graph
    ? await read.operations.ofGraph(graph.id, filter)
    : await read.operations.ofExecution(execution.id, filter);
  const state = last(query["state"]);
  return listOf(
    operations
      .filter((operation) => state === undefined || operation.state === state)
      .map((row) => operationView(row, execution)),
  );
}

export async function getOperation(read: Repositories, who: Identity, id: string) {
  authorize(who, "operations");
  const operation = found(await read.operations.get(id), "Operation", id);
  const graph = found(await read.tasksGraphs.get(operation.tasks_graph_id), "TasksGraph", operation.tasks_graph_id);
  return operationView(operation, await executionOf(read, who, graph.execution_id));
}

async function executionOf(read: Repositories, who: Identity, id: string | undefined): Promise<ExecutionRow> {
  if (id === undefined) throw badParameters("Missing execution_id in the query");
  return found(await ownExecution(read, who, id), "Execution", id);
}

/**
 * The execution whose stored tasks the caller may change: its own, by its token, or any by a role that may change
 * executions. Whoever may only look at tasks may not: the worker does what they say.
 * @throws forbidden_error, not_found_error
 */
export async function changeableExecution(read: Repositories, who: Identity, id: string): Promise<ExecutionRow> {
  authorize(who, "operations");
  if (who.executionId !== id) authorize(who, "execution_status_update");
  return executionOf(read, who, id);
}

const listOf = <Item>(items: Item[]) => ({
  metadata: { pagination: { total: items.length, size: 1000, offset: 0 }, filtered: null },
  items,
});

/** Graphs and operations are seen by whoever sees their execution. */
const ownerOf = ({ tenant_name, created_by, visibility }: ExecutionRow) => ({
  tenant_name,
  created_by,
  ...visibilityForms(visibility),
});

export const graphView = ({ created_at, id, name, execution_id }: TasksGraphRow, execution: ExecutionRow) => ({
  created_at,
  visibility: execution.visibility,
  id,
  name,
  execution_id,
  ...ownerOf(execution),
});

export const operationView = (row: OperationRow, execution: ExecutionRow) => ({
  created_at: row.created_at,
  visibility: execution.visibility,
  id: row.id,
  name: row.name,
  state: row.state,
  dependencies: row.dependencies,
  type: row.type,
  parameters: row.parameters,
  manager_name: row.manager_name,
  agent_name: row.agent_name,
  tasks_graph_id: row.tasks_graph_id,
  ...ownerOf(execution),
});
