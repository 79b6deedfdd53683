import type { Json, JsonObject } from "../../api/resources.ts";
import type { PlanNode } from "../../dsl/index.ts";
import type { NodeRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { nodeRow } from "../deployments/create-environment.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { refuseUnlessUpdate } from "../executions/only-update.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { alreadyExists, badParameters, found } from "../refusal.ts";

/** Gives a deployment nodes as a plan describes them. @throws conflict_error when it has one of the name */
export async function addNodes(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  nodes: readonly JsonObject[],
): Promise<void> {
  authorize(who, "deployment_create");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  const present = new Set((await tx.nodes.ofDeployment(deployment.tenant_name, deploymentId)).map(({ id }) => id));
  const planned = nodes.map(plannedNode);
  const taken = planned.find(({ id }) => present.has(id));
  if (taken) throw alreadyExists("Node", taken.id, who.tenant);
  await tx.nodes.insertMany(planned.map((node) => nodeRow(deployment, node)));
  await recordChange(tx, who, "nodes", deploymentId, "create");
}

const CHANGEABLE = ["plugins", "operations", "relationships", "properties"] as const;

/** @throws only_deployment_update, not_found_error */
export async function changeNode(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  id: string,
  change: JsonObject,
): Promise<void> {
  authorize(who, "node_update");
  const { tenant_name } = await nodeToChange(tx, who, deploymentId, id);
  const fields = Object.fromEntries(CHANGEABLE.filter((field) => field in change).map((name) => [name, change[name]]));
  const counts = countsIn(change);
  await tx.nodes.update(tenant_name, deploymentId, id, {
    ...fields,
    ...(counts && {
      number_of_instances: counts.current_instances,
      planned_number_of_instances: counts.planned_instances,
      deploy_number_of_instances: counts.default_instances,
      min_number_of_instances: counts.min_instances,
      max_number_of_instances: counts.max_instances,
    }),
  });
  await recordChange(tx, who, "nodes", id, "update");
}

/** Its instances go with it. @throws only_deployment_update, not_found_error */
export async function deleteNode(tx: UnitOfWork, who: Identity, deploymentId: string, id: string): Promise<void> {
  authorize(who, "node_delete");
  const { tenant_name } = await nodeToChange(tx, who, deploymentId, id);
  await tx.nodes.remove(tenant_name, deploymentId, id);
  await recordChange(tx, who, "nodes", id, "delete");
}

async function nodeToChange(tx: UnitOfWork, who: Identity, deploymentId: string, id: string): Promise<NodeRow> {
  await refuseUnlessUpdate(tx, who, deploymentId);
  const { tenant_name } = await visibleDeployment(tx, who, deploymentId);
  return found(await tx.nodes.get(tenant_name, deploymentId, id), "Node", id);
}

type Counts = PlanNode["capabilities"]["scalable"]["properties"];
const COUNTS = [
  "min_instances",
  "max_instances",
  "default_instances",
  "current_instances",
  "planned_instances",
] as const satisfies (keyof Counts)[];

function plannedNode(node: JsonObject): PlanNode {
  const [id, type] = [node["id"] ?? node["name"], node["type"]];
  if (typeof id !== "string" || typeof type !== "string") {
    throw badParameters("Each of the nodes needs the texts `id` and `type`");
  }
  const properties = countsIn(node);
  if (!properties) throw badParameters(`The node ${id} needs its counts in \`capabilities.scalable.properties\``);
  return {
    type_hierarchy: [type],
    properties: {},
    operations: {},
    relationships: [],
    plugins: [],
    ...node,
    id,
    type,
    capabilities: { scalable: { properties } },
  } as unknown as PlanNode;
}

function countsIn({ capabilities }: JsonObject): Counts | undefined {
  const scalable = (capabilities as { scalable?: { properties?: Record<string, Json> } } | undefined)?.scalable;
  if (!scalable?.properties) return undefined;
  const counts = scalable.properties;
  const wrong = COUNTS.find((name) => !Number.isInteger(counts[name]));
  if (wrong) throw badParameters(`${wrong} must be a whole number, got ${JSON.stringify(counts[wrong])}`);
  return counts as unknown as Counts;
}
