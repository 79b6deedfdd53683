import type { NodeInstance } from "../../api/resources.ts";
import type { Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { type NodeInstanceChange, updateNodeInstance } from "../node-instances/update.ts";
import { NODE_INSTANCE_FIELDS, nodeInstanceView } from "../node-instances/view.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found } from "../refusal.ts";
import { project } from "../views.ts";
import { NODE_FIELDS, nodeView } from "./view.ts";

export function listNodes(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "node_list");
  return listResources(read, who, query, {
    fields: NODE_FIELDS,
    computed: ["private_resource", "actual_planned_number_of_instances"],
    rows: read.nodes.list,
    view: (rows) => rows.map(nodeView),
  });
}

export function listNodeInstances(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "node_instance_list");
  return listResources(read, who, query, {
    fields: NODE_INSTANCE_FIELDS,
    computed: ["private_resource"],
    rows: read.nodeInstances.list,
    view: (rows) => rows.map(nodeInstanceView),
  });
}

export async function getNodeInstance(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<NodeInstance>> {
  authorize(who, "node_instance_get");
  const include = parseInclude(query["_include"], NODE_INSTANCE_FIELDS);
  return project(nodeInstanceView(found(await read.nodeInstances.get(who.tenant, id), "NodeInstance", id)), include);
}

export async function changeNodeInstance(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  version: number | "any",
  change: NodeInstanceChange,
): Promise<NodeInstance> {
  authorize(who, "node_instance_update");
  const changed = await updateNodeInstance(tx, who.tenant, id, version, change);
  await recordChange(tx, who, "node_instances", id, "update");
  return changed;
}
