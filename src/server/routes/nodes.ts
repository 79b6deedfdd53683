import type { NodeInstanceChange } from "../../services/node-instances/update.ts";
import { changeNodeInstance, getNodeInstance, listNodeInstances, listNodes } from "../../services/nodes/list.ts";
import { flag, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import { secretsFor } from "../../services/secrets/read.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };

/** Queries of nodes name what they want beside the filters: evaluated functions, counts. */
export const nodeRoutes: Routes = (app, { database, vault }) => {
  app.get("/nodes", ({ identity, query }) =>
    listNodes(database.read, identity, query as RawQuery, secretsFor(identity, vault)),
  );
  app.get("/node-instances", (request) =>
    listNodeInstances(database.read, request.identity, request.query as RawQuery),
  );
  app.get<WithId>("/node-instances/:id", ({ identity, params, query }) =>
    getNodeInstance(database.read, identity, params.id, query as RawQuery, secretsFor(identity, vault)),
  );
  app.patch<WithId>("/node-instances/:id", (request) => {
    const body = bodyOf(request.body);
    const version = flag(request.query as RawQuery, "force") ? ("any" as const) : versionIn(body["version"]);
    const state = textOf(body, "state");
    const runtime_properties = objectOf(body, "runtime_properties");
    const system_properties = objectOf(body, "system_properties");
    const change: NodeInstanceChange = {
      ...(state ? { state } : {}),
      ...(runtime_properties ? { runtime_properties } : {}),
      ...(system_properties ? { system_properties } : {}),
    };
    return database.unitOfWork((tx) => changeNodeInstance(tx, request.identity, request.params.id, version, change));
  });
};

function versionIn(value: unknown): number {
  if (value === undefined) {
    throw badParameters(
      "1 validation error for _NodeInstanceUpdateBody\nversion\n  field required (type=value_error.missing)",
    );
  }
  if (!Number.isInteger(value) || Number(value) < 0)
    throw badParameters(`version must be a number from 0, got ${value}`);
  return Number(value);
}
