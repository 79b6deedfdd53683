import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentModificationRow, DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { scalingGroupsOf } from "../deployments/stored-plan.ts";
import { nodeInstanceView } from "../node-instances/view.ts";
import { found, Refusal } from "../refusal.ts";
import { setCounts } from "./counts.ts";
import { dropRelationshipsTo } from "./relationships.ts";

/** Removes the instances that were to go, and counts the others. @throws deployment_modification_already_ended_error */
export async function finishModification(
  tx: UnitOfWork,
  tenant: string,
  id: string,
): Promise<DeploymentModificationRow> {
  const { modification, deployment } = await startedModification(tx, tenant, id);
  await removeInstances(tx, deployment, idsOf(modification, "removed_and_related", "removed"));
  const counts = Object.entries(modification.modified_nodes).map(([name, change]) => {
    const instances = Number((change as JsonObject)["instances"]);
    return [name, { current: instances, planned: instances }] as const;
  });
  await setCounts(tx, deployment, new Map(counts));
  return end(tx, modification, { status: "finished" });
}

/** Removes the instances that had come. @throws deployment_modification_already_ended_error */
export async function rollbackModification(
  tx: UnitOfWork,
  tenant: string,
  id: string,
): Promise<DeploymentModificationRow> {
  const { modification, deployment } = await startedModification(tx, tenant, id);
  const instances = await tx.nodeInstances.ofDeployment(tenant, deployment.id);
  await removeInstances(tx, deployment, idsOf(modification, "added_and_related", "added"));
  const nodes = new Map((await tx.nodes.ofDeployment(tenant, deployment.id)).map((node) => [node.id, node]));
  const groups = scalingGroupsOf(deployment);
  const counts = Object.keys(modification.modified_nodes).map((name) => {
    const planned = groups[name]?.properties.current_instances ?? nodes.get(name)?.number_of_instances;
    return [name, planned === undefined ? {} : { planned }] as const;
  });
  await setCounts(tx, deployment, new Map(counts));
  const before_rollback = instances.map(nodeInstanceView) as unknown as JsonObject[];
  return end(tx, modification, {
    status: "rolledback",
    node_instances: { ...modification.node_instances, before_rollback },
  });
}

async function startedModification(tx: UnitOfWork, tenant: string, id: string) {
  const modification = found(await tx.deploymentModifications.get(tenant, id), "DeploymentModification", id);
  if (modification.status !== "started") {
    throw new Refusal(
      "deployment_modification_already_ended_error",
      `Cannot end deployment modification ${id}: it is already ${modification.status}`,
    );
  }
  const { tenant_name, deployment_id } = modification;
  const deployment = found(await tx.deployments.get(tenant_name, deployment_id), "Deployment", deployment_id);
  return { modification, deployment };
}

async function removeInstances(tx: UnitOfWork, deployment: DeploymentRow, ids: ReadonlySet<string>): Promise<void> {
  const { tenant_name, id } = deployment;
  if (ids.size === 0) return;
  await dropRelationshipsTo(tx, await tx.nodeInstances.ofDeployment(tenant_name, id), ids);
  for (const instance of ids) await tx.nodeInstances.remove(tenant_name, instance);
}

function idsOf({ node_instances }: DeploymentModificationRow, side: string, modification: string): Set<string> {
  const instances = (node_instances[side] ?? []) as JsonObject[];
  return new Set(instances.filter((one) => one["modification"] === modification).map(({ id }) => String(id)));
}

async function end(
  tx: UnitOfWork,
  { tenant_name, id }: DeploymentModificationRow,
  change: { status: "finished" | "rolledback"; node_instances?: JsonObject },
): Promise<DeploymentModificationRow> {
  await tx.deploymentModifications.update(tenant_name, id, { ...change, ended_at: tx.now() });
  return found(await tx.deploymentModifications.get(tenant_name, id), "DeploymentModification", id);
}
