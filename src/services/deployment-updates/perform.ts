import type { JsonObject } from "../../api/resources.ts";
import type { PlanNodeInstance } from "../../dsl/index.ts";
import type { DeploymentUpdateRow, NodeRow, UnitOfWork } from "../../storage/index.ts";
import { addRelationships } from "../deployment-modifications/relationships.ts";
import { highestIndexes } from "../deployment-modifications/stored-instances.ts";
import { nodeInstanceRows, nodeRow, planAttributes, planLabels } from "../deployments/create-environment.ts";
import { addDeploymentLabels } from "../deployments/labels.ts";
import { scalingGroupsOf } from "../deployments/stored-plan.ts";
import { keptCounts } from "./changes.ts";
import { detailsOf } from "./details.ts";
import { deploymentOf, planOf, storedState } from "./prepare.ts";
import { isSame, relationshipKey } from "./steps.ts";

/** Blueprint, inputs, workflows, outputs and whatever else the deployment itself says. */
export async function setDeploymentAttributes(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { tenant_name, deployment_id, new_blueprint_id, created_by } = update;
  const deployment = await deploymentOf(tx, update);
  const plan = planOf(update);
  const blueprint = new_blueprint_id ? await tx.blueprints.get(tenant_name, new_blueprint_id, ["tenant_name"]) : null;
  await tx.deployments.update(tenant_name, deployment_id, {
    ...planAttributes(plan),
    scaling_groups: keptCounts(scalingGroupsOf(deployment), plan.scaling_groups) as unknown as JsonObject,
    ...(blueprint && new_blueprint_id
      ? { blueprint_id: new_blueprint_id, blueprint_tenant_name: blueprint.tenant_name }
      : {}),
    ...(update.runtime_only_evaluation ? { runtime_only_evaluation: true } : {}),
    updated_at: tx.now(),
  });
  await addDeploymentLabels(tx, deployment, planLabels(plan), created_by);
}

/** New nodes, and the new attributes of the others. Relationships that go stay until the instances have been unlinked. */
export async function updateNodes(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { deployment, nodes } = await storedState(tx, update);
  const stored = new Map(nodes.map((node) => [node.id, node]));
  const planned = planOf(update).nodes.map((node) => nodeRow(deployment, node));
  await tx.nodes.insertMany(planned.filter(({ id }) => !stored.has(id)));
  for (const { id, properties, operations, relationships, plugins, plugins_to_install } of planned) {
    const before = stored.get(id);
    if (!before) continue;
    const change = {
      properties,
      operations,
      plugins,
      plugins_to_install,
      relationships: [...relationships, ...leaving(before, relationships)],
    };
    if (Object.entries(change).every(([name, value]) => isSame(before[name as keyof NodeRow], value))) continue;
    await tx.nodes.update(deployment.tenant_name, deployment.id, id, change);
  }
}

function leaving(before: NodeRow, relationships: readonly JsonObject[]): JsonObject[] {
  const staying = new Set(relationships.map(relationshipKey));
  return before.relationships.filter((each) => !staying.has(relationshipKey(each)));
}

/** New instances, and the new relationships of the others. */
export async function updateNodeInstances(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { deployment, instances } = await storedState(tx, update);
  const { deployment_update_node_instances: changes = {} } = detailsOf(update);
  const { added_and_related: added = [], extended_and_related: extended = [] } = changes;
  const present = new Set(instances.map(({ id }) => id));
  const fresh = added.filter((one) => one["modification"] === "added" && !present.has(String(one["id"])));
  await tx.nodeInstances.insertMany(
    nodeInstanceRows(deployment, fresh as unknown as PlanNodeInstance[], highestIndexes(instances)),
  );
  await addRelationships(tx, instances, [...added, ...extended] as unknown as PlanNodeInstance[]);
  await tx.deploymentUpdates.update(update.tenant_name, update.id, { state: "executing_workflow" });
}
