import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import type { PlanNodeInstance } from "../../dsl/index.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { highestIndexes } from "../deployment-modifications/stored-instances.ts";
import { nodeInstanceRows } from "../deployments/create-environment.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { refuseUnlessUpdate } from "../executions/only-update.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters, found } from "../refusal.ts";

/** Gives nodes of a deployment instances. One whose id is taken already gets another. @throws not_found_error for an unknown node */
export async function addNodeInstances(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  instances: readonly JsonObject[],
): Promise<void> {
  authorize(who, "deployment_create");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  const { tenant_name } = deployment;
  const planned: PlanNodeInstance[] = [];
  for (const instance of instances) {
    const { id, node_id: nodeId } = instance;
    if (typeof id !== "string" || typeof nodeId !== "string") {
      throw badParameters("Each of the node instances needs the texts `id` and `node_id`");
    }
    found(await tx.nodes.get(tenant_name, deploymentId, nodeId), "Node", nodeId);
    const isTaken = (await tx.nodeInstances.get(tenant_name, id)) !== undefined;
    const own = isTaken ? `${nodeId}_${randomBytes(3).toString("hex")}` : id;
    planned.push({ relationships: [], ...instance, id: own, node_id: nodeId } as unknown as PlanNodeInstance);
  }
  const present = await tx.nodeInstances.ofDeployment(tenant_name, deploymentId);
  await tx.nodeInstances.insertMany(nodeInstanceRows(deployment, planned, highestIndexes(present)));
  await recordChange(tx, who, "node_instances", deploymentId, "create");
}

/** @throws only_deployment_update, not_found_error */
export async function deleteNodeInstance(tx: UnitOfWork, who: Identity, id: string): Promise<void> {
  authorize(who, "node_instance_delete");
  const { tenant_name, deployment_id } = found(await tx.nodeInstances.get(who.tenant, id), "NodeInstance", id);
  await refuseUnlessUpdate(tx, who, deployment_id);
  await tx.nodeInstances.remove(tenant_name, id);
  await recordChange(tx, who, "node_instances", id, "delete");
}
