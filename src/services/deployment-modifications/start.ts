import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentModificationRow, DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { nodeInstanceRows } from "../deployments/create-environment.ts";
import { nodeInstanceView } from "../node-instances/view.ts";
import { found, Refusal } from "../refusal.ts";
import { setCounts } from "./counts.ts";
import { planModification } from "./plan.ts";
import { addRelationships } from "./relationships.ts";
import { highestIndexes, withStored } from "./stored-instances.ts";

export interface NewModification {
  /** By node or scaling group: `{instances, removed_ids_include_hint, removed_ids_exclude_hint}`. */
  nodes: JsonObject;
  /** Where it comes from: execution, workflow. */
  context: JsonObject;
  createdBy: string;
}

/**
 * Adds the instances that come; those that go stay until the modification is finished.
 * @throws existing_started_deployment_modification_error another one has begun and not ended
 * @throws bad_parameters_error for an unknown node or a wrong number
 */
export async function startModification(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  { nodes: modified, context, createdBy }: NewModification,
): Promise<DeploymentModificationRow> {
  const { tenant_name, id: deploymentId } = deployment;
  const running = await tx.deploymentModifications.started(tenant_name, deploymentId);
  if (running) {
    throw new Refusal(
      "existing_started_deployment_modification_error",
      `Cannot start deployment modification while there are existing started deployment modifications. Currently started deployment modifications: ['${running.id}']`,
    );
  }
  const { changes, instances } = await planModification(tx, deployment, modified);
  const added = changes.added_and_related.filter(({ modification }) => modification === "added");
  await tx.nodeInstances.insertMany(nodeInstanceRows(deployment, added, highestIndexes(instances)));
  await addRelationships(tx, instances, [...changes.added_and_related, ...changes.extended_and_related]);
  const planned = Object.entries(modified).map(
    ([name, change]) => [name, { planned: Number((change as JsonObject)["instances"]) }] as const,
  );
  await setCounts(tx, deployment, new Map(planned));
  const id = randomUUID();
  await tx.deploymentModifications.insert({
    id,
    tenant_name,
    visibility: deployment.visibility,
    created_by: createdBy,
    created_at: tx.now(),
    deployment_id: deploymentId,
    status: "started",
    context,
    modified_nodes: modified,
    node_instances: {
      ...withStored(changes, instances),
      before_modification: instances.map(nodeInstanceView) as unknown as JsonObject[],
    },
  });
  return found(await tx.deploymentModifications.get(tenant_name, id), "DeploymentModification", id);
}
