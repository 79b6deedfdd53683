import type { ErrorCause } from "../../api/resources.ts";
import { authorize } from "../../services/identity/identity.ts";
import { getOperation, listGraphs, listOperations } from "../../services/operations/list.ts";
import { updateOperation } from "../../services/operations/update.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import type { Routes } from "../context.ts";
import { bodyOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };

/** The stored task graphs of executions. */
export const operationRoutes: Routes = (app, { database }) => {
  app.get("/tasks_graphs", (request) => listGraphs(database.read, request.identity, request.query as RawQuery));
  app.get("/operations", (request) => listOperations(database.read, request.identity, request.query as RawQuery));
  app.get<WithId>("/operations/:id", (request) => getOperation(database.read, request.identity, request.params.id));
  app.patch<WithId>("/operations/:id", async (request) => {
    authorize(request.identity, "operations");
    await getOperation(database.read, request.identity, request.params.id);
    const body = bodyOf(request.body, ["state"]);
    const update = {
      state: String(body.state),
      result: body["result"],
      exception: body["exception"],
      exception_causes: (body["exception_causes"] ?? null) as unknown as ErrorCause[] | null,
      manager_name: textOf(body, "manager_name") ?? null,
      agent_name: textOf(body, "agent_name") ?? null,
    };
    await database.unitOfWork((tx) => updateOperation(tx, request.params.id, update));
    return {};
  });
};
