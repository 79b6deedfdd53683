import type { NodeInstance } from "../../api/resources.ts";
import type { NodeInstanceRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { refuseUnlessUpdate } from "../executions/only-update.ts";
import type { StorageOptions } from "../functions/deployment-storage.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { type NodeInstanceChange, updateNodeInstance } from "../node-instances/update.ts";
import { NODE_INSTANCE_FIELDS, nodeInstanceView } from "../node-instances/view.ts";
import { flag, last, parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources, type Narrowing } from "../queries/list-resources.ts";
import { found, notFound } from "../refusal.ts";
import { project } from "../views.ts";
import { evaluatedInstance, evaluatedNodes } from "./evaluate.ts";
import { NODE_FIELDS, nodeView } from "./view.ts";

/** With `_evaluate_functions`, properties are as they are now for the deployment's node instances. */
export async function listNodes(
  read: Repositories,
  who: Identity,
  query: RawQuery,
  { openSecret }: StorageOptions,
  narrowing: Narrowing = {},
) {
  authorize(who, "node_list");
  const evaluates = flag(query, "_evaluate_functions");
  const instance = last(query["_instance_context"]);
  return listResources(read, who, query, {
    fields: NODE_FIELDS,
    computed: ["private_resource", "actual_planned_number_of_instances"],
    narrowing,
    rows: read.nodes.list,
    view: (rows) =>
      evaluates ? evaluatedNodes(read, rows, { openSecret, ...(instance ? { instance } : {}) }) : rows.map(nodeView),
  });
}

export function listNodeInstances(read: Repositories, who: Identity, query: RawQuery, narrowing: Narrowing = {}) {
  authorize(who, "node_instance_list");
  return listResources(read, who, query, {
    fields: NODE_INSTANCE_FIELDS,
    computed: ["private_resource"],
    narrowing,
    rows: read.nodeInstances.list,
    view: (rows) => rows.map(nodeInstanceView),
  });
}

export async function getNodeInstance(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
  options: StorageOptions,
): Promise<Partial<NodeInstance>> {
  authorize(who, "node_instance_get");
  const include = parseInclude(query["_include"], NODE_INSTANCE_FIELDS);
  const row = await visibleNodeInstance(read, who, id);
  const shown = flag(query, "_evaluate_functions") ? await evaluatedInstance(read, row, options) : row;
  return project(nodeInstanceView(shown), include);
}

/** @throws not_found_error */
async function visibleNodeInstance(read: Repositories, who: Identity, id: string): Promise<NodeInstanceRow> {
  const row = found(await read.nodeInstances.get(who.tenant, id), "NodeInstance", id);
  if (row.visibility === "private" && row.created_by !== who.username && !isAdmin(who))
    throw notFound("NodeInstance", id);
  return row;
}

/** @throws conflict_error when somebody changed it meanwhile; only_deployment_update for its relationships */
export async function changeNodeInstance(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  version: number | "any",
  change: NodeInstanceChange,
): Promise<NodeInstance> {
  authorize(who, "node_instance_update");
  const { deployment_id } = await visibleNodeInstance(tx, who, id);
  if (change.relationships) await refuseUnlessUpdate(tx, who, deployment_id);
  const changed = await updateNodeInstance(tx, who.tenant, id, version, change);
  await recordChange(tx, who, "node_instances", id, "update");
  return changed;
}
