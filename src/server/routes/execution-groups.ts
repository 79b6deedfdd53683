import type { Json, JsonObject } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import { actOnExecutionGroup, changeExecutionGroup } from "../../services/execution-groups/act.ts";
import { getExecutionGroup, listExecutionGroups } from "../../services/execution-groups/list.ts";
import { type StartExecutionGroup, startExecutionGroup } from "../../services/execution-groups/start.ts";
import { parseAction } from "../../services/executions/actions.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { bodyOf, nameOf, objectOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };
const DEFAULT_CONCURRENCY = 5;

export const executionGroupRoutes: Routes = (app, { database }) => {
  app.get("/execution-groups", ({ identity, query }) =>
    listExecutionGroups(database.read, identity, query as RawQuery),
  );
  app.get<WithId>("/execution-groups/:id", ({ identity, params, query }) =>
    getExecutionGroup(database.read, identity, params.id, query as RawQuery),
  );
  app.post("/execution-groups", ({ identity, body }) => {
    const start = startIn(body);
    return database.unitOfWork((tx) => startExecutionGroup(tx, identity, start));
  });
  app.post<WithId>("/execution-groups/:id", ({ identity, params, body }) => {
    const action = parseAction(bodyOf(body, ["action"]).action);
    return database.unitOfWork((tx) => actOnExecutionGroup(tx, identity, params.id, action));
  });
  app.patch<WithId>("/execution-groups/:id", ({ identity, params, body: json }) => {
    const body = bodyOf(json);
    const change = {
      concurrency: body["concurrency"] === undefined ? undefined : concurrencyOf(body["concurrency"]),
      successGroupId: textOf(body, "success_group_id"),
      failureGroupId: textOf(body, "failure_group_id"),
    };
    return database.unitOfWork((tx) => changeExecutionGroup(tx, identity, params.id, change));
  });
};

function startIn(json: unknown): StartExecutionGroup {
  const body = bodyOf(json, ["deployment_group_id", "workflow_id"]);
  const id = textOf(body, "id");
  return {
    ...(id ? { id } : {}),
    deploymentGroupId: nameOf(body, "deployment_group_id"),
    workflowId: nameOf(body, "workflow_id"),
    defaultParameters: objectOf(body, "default_parameters") ?? {},
    parameters: (objectOf(body, "parameters") ?? {}) as Record<string, JsonObject>,
    force: booleanOr(body["force"] ?? undefined, "force", false),
    concurrency: concurrencyOf(body["concurrency"] ?? DEFAULT_CONCURRENCY),
  };
}

function concurrencyOf(value: Json): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw badParameters(`concurrency must be a whole number of 0 or more, got ${JSON.stringify(value)}`);
}
