import type { Json, JsonObject } from "../../api/resources.ts";
import { addNodeInstances, deleteNodeInstance } from "../../services/node-instances/change.ts";
import type { NodeInstanceChange } from "../../services/node-instances/update.ts";
import { addNodes, changeNode, deleteNode } from "../../services/nodes/change.ts";
import { changeNodeInstance, getNodeInstance, listNodeInstances, listNodes } from "../../services/nodes/list.ts";
import { flag, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import { secretsFor } from "../../services/secrets/read.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };
type OfDeployment = { Params: { deployment: string; id: string } };

/** Queries of nodes name what they want beside the filters: evaluated functions, counts. */
export const nodeRoutes: Routes = (app, { database, vault }) => {
  app.get("/nodes", ({ identity, query }) =>
    listNodes(database.read, identity, query as RawQuery, secretsFor(identity, vault)),
  );
  app.post("/nodes", async ({ identity, body: json }, reply) => {
    const [deploymentId, nodes] = additionsIn(json, "nodes");
    await database.unitOfWork((tx) => addNodes(tx, identity, deploymentId, nodes));
    return nodes.length === 0 ? reply.code(204).send() : reply.code(201).send({});
  });
  app.patch<OfDeployment>("/nodes/:deployment/:id", async ({ identity, params, body }, reply) => {
    const change = bodyOf(body) as JsonObject;
    await database.unitOfWork((tx) => changeNode(tx, identity, params.deployment, params.id, change));
    return reply.code(204).send();
  });
  app.delete<OfDeployment>("/nodes/:deployment/:id", async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteNode(tx, identity, params.deployment, params.id));
    return reply.code(204).send();
  });
  app.post("/node-instances", async ({ identity, body: json }, reply) => {
    const [deploymentId, instances] = additionsIn(json, "node_instances");
    await database.unitOfWork((tx) => addNodeInstances(tx, identity, deploymentId, instances));
    return instances.length === 0 ? reply.code(204).send() : reply.code(201).send({});
  });
  app.delete<WithId>("/node-instances/:id", async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteNodeInstance(tx, identity, params.id));
    return reply.code(204).send();
  });
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
    const relationships = body["relationships"] ?? undefined;
    if (relationships !== undefined && !isListOfObjects(relationships)) {
      throw badParameters("relationships must be a list of objects");
    }
    const change: NodeInstanceChange = {
      ...(state ? { state } : {}),
      ...(runtime_properties ? { runtime_properties } : {}),
      ...(system_properties ? { system_properties } : {}),
      ...(relationships ? { relationships } : {}),
    };
    return database.unitOfWork((tx) => changeNodeInstance(tx, request.identity, request.params.id, version, change));
  });
};

/** The deployment, and what is to be added to it. */
function additionsIn(json: unknown, key: "nodes" | "node_instances"): [string, JsonObject[]] {
  const body = bodyOf(json, ["deployment_id", key]);
  const added: Json = body[key];
  if (!isListOfObjects(added)) throw badParameters(`${key} must be a list of objects`);
  return [textOf(body, "deployment_id") ?? "", added];
}

const isListOfObjects = (value: Json): value is JsonObject[] =>
  Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null && !Array.isArray(item));

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
