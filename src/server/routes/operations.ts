import type { ErrorCause, JsonObject } from "../../api/resources.ts";
import { createGraph, createOperation, removeOperation } from "../../services/operations/create.ts";
import { getOperation, listGraphs, listOperations } from "../../services/operations/list.ts";
import type { StoredTask } from "../../services/operations/store-graph.ts";
import { parseTaskState, updateOperation } from "../../services/operations/update.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { bodyOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };

/** The stored task graphs of executions. */
export const operationRoutes: Routes = (app, { database }) => {
  app.get("/tasks_graphs", (request) => listGraphs(database.read, request.identity, request.query as RawQuery));
  app.get("/operations", (request) => listOperations(database.read, request.identity, request.query as RawQuery));
  app.get<WithId>("/operations/:id", (request) => getOperation(database.read, request.identity, request.params.id));
  // The original's clients say the word twice.
  app.post("/tasks_graphs/tasks_graphs", async ({ identity, body }, reply) => {
    const { execution_id, name, graph_id, operations } = bodyOf(body, ["execution_id", "name"]);
    const graph = {
      executionId: String(execution_id),
      name: String(name),
      ...(typeof graph_id === "string" ? { id: graph_id } : {}),
      operations: tasksIn(operations ?? []),
    };
    reply.code(201);
    return database.unitOfWork((tx) => createGraph(tx, identity, graph));
  });
  app.put<WithId>("/operations/:id", async ({ identity, params, body }, reply) => {
    const { graph_id, ...task } = bodyOf(body, ["graph_id", "name", "type"]);
    const [operation] = tasksIn([{ ...task, id: params.id }]) as [StoredTask];
    reply.code(201);
    return database.unitOfWork((tx) => createOperation(tx, identity, String(graph_id), operation));
  });
  app.delete<WithId>("/operations/:id", async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => removeOperation(tx, identity, params.id));
    return reply.code(204).send();
  });
  app.patch<WithId>("/operations/:id", async (request) => {
    const body = bodyOf(request.body, ["state"]);
    const update = {
      state: String(body.state),
      result: body["result"],
      exception: body["exception"],
      exception_causes: (body["exception_causes"] ?? null) as unknown as ErrorCause[] | null,
      manager_name: textOf(body, "manager_name") ?? null,
      agent_name: textOf(body, "agent_name") ?? null,
    };
    await database.unitOfWork((tx) => updateOperation(tx, request.identity, request.params.id, update));
    return {};
  });
};

function tasksIn(list: unknown): StoredTask[] {
  if (!Array.isArray(list)) throw badParameters("`operations` must be a list");
  return list.map((item) => {
    const { id, name, type, state, dependencies, parameters } = bodyOf(item, ["id", "name", "type"]);
    return {
      id: String(id),
      name: String(name),
      type: String(type),
      dependencies: Array.isArray(dependencies) ? dependencies.map(String) : [],
      parameters: (parameters ?? {}) as JsonObject,
      ...(state === undefined || state === null ? {} : { state: parseTaskState(String(state)) }),
    };
  });
}
