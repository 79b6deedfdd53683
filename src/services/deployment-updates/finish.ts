import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { dropRelationshipsTo } from "../deployment-modifications/relationships.ts";
import { detailsOf } from "./details.ts";
import { planOf, storedState } from "./prepare.ts";
import { isSame } from "./steps.ts";

/** Takes away relationships, of nodes and between instances, that the new plan does not have. */
export async function deleteRemovedRelationships(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { deployment, nodes, instances } = await storedState(tx, update);
  await tx.deploymentUpdates.update(update.tenant_name, update.id, { state: "finalizing" });
  const stored = new Map(nodes.map((node) => [node.id, node]));
  for (const { id, relationships } of planOf(update).nodes) {
    const before = stored.get(id);
    if (!before || isSame(before.relationships, relationships)) continue;
    const change = { relationships: relationships as unknown as JsonObject[] };
    await tx.nodes.update(deployment.tenant_name, deployment.id, id, change);
  }
  const { reduced_and_related: reduced = [] } = detailsOf(update).deployment_update_node_instances ?? {};
  const byId = new Map(instances.map((row) => [row.id, row]));
  for (const { id, relationships } of reduced) {
    const row = byId.get(String(id));
    if (!row) continue;
    const gone = new Set(((relationships ?? []) as JsonObject[]).map((each) => each["target_id"]));
    const kept = row.relationships.filter((each) => !gone.has(each["target_id"] ?? null));
    await tx.nodeInstances.update(row.tenant_name, row.id, "any", { relationships: kept });
  }
}

export async function deleteRemovedInstances(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { instances } = await storedState(tx, update);
  const { removed_and_related: removed = [] } = detailsOf(update).deployment_update_node_instances ?? {};
  const gone = new Set(removed.filter((one) => one["modification"] === "removed").map(({ id }) => String(id)));
  await dropRelationshipsTo(tx, instances, gone);
  for (const id of gone) await tx.nodeInstances.remove(update.tenant_name, id);
}

export async function deleteRemovedNodes(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  for (const id of detailsOf(update).deployment_update_nodes?.remove ?? []) {
    await tx.nodes.remove(update.tenant_name, update.deployment_id, id);
  }
}
