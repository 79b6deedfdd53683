import type { JsonObject } from "../../api/resources.ts";
import { type DeploymentPlan, type Plan, prepareDeployment, resolveInputs } from "../../dsl/index.ts";
import type { DeploymentRow, DeploymentUpdateRow, NodeInstanceRow, NodeRow, UnitOfWork } from "../../storage/index.ts";
import { withStored } from "../deployment-modifications/stored-instances.ts";
import { withKnownConstraints } from "../deployments/input-constraints.ts";
import { found } from "../refusal.ts";
import { ASKED_BEFORE, withObjects } from "../searches/object-lookup.ts";
import { instanceChanges, nodeChanges } from "./changes.ts";
import { addDetails, detailsOf } from "./details.ts";
import { updateSteps } from "./steps.ts";

/** The new blueprint's plan with the new inputs. @throws DslError */
export async function preparePlan(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const deployment = await deploymentOf(tx, update);
  const blueprintId = update.new_blueprint_id ?? deployment.blueprint_id;
  const blueprint = found(await tx.blueprints.get(update.tenant_name, blueprintId), "Blueprint", blueprintId);
  const inputs = update.new_inputs ?? {};
  const uploaded = blueprint.plan as unknown as Plan;
  const blueprintPlan = await withKnownConstraints(tx, uploaded, { ...deployment, inputs });
  const { inputs: declared, data_types: dataTypes } = blueprintPlan;
  const context = { tenant: update.tenant_name, deploymentId: update.deployment_id };
  await withObjects(tx, context, (objects) => resolveInputs(declared, inputs, { dataTypes, objects }));
  const plan = await prepareDeployment(blueprintPlan, {
    inputs,
    objects: ASKED_BEFORE,
    secretExists: async (name) => (await tx.secrets.get(update.tenant_name, name, ["key"])) !== undefined,
    runtimeOnlyEvaluation: update.runtime_only_evaluation || deployment.runtime_only_evaluation,
  });
  await addDetails(tx, update, { deployment_plan: plan as unknown as JsonObject });
}

export async function createSteps(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { deployment, nodes } = await storedState(tx, update);
  await addDetails(tx, update, { steps: updateSteps(deployment, nodes, planOf(update)) });
}

/** @throws unsupported_change_in_deployment_update */
export async function prepareUpdateNodes(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const { deployment, nodes, instances } = await storedState(tx, update);
  const plan = planOf(update);
  const deployment_update_nodes = nodeChanges(nodes, plan);
  const changes = instanceChanges(deployment, nodes, instances, plan);
  await addDetails(tx, update, {
    deployment_update_nodes,
    deployment_update_node_instances: {
      ...withStored(changes, instances),
      relationships_changed: [],
    },
  });
}

/** The plan that an update has prepared. */
export function planOf(update: DeploymentUpdateRow): DeploymentPlan {
  const { deployment_plan: plan } = detailsOf(update);
  if (plan === undefined) throw new Error(`The deployment update ${update.id} has no plan yet`);
  return plan as unknown as DeploymentPlan;
}

export const deploymentOf = async (tx: UnitOfWork, update: DeploymentUpdateRow): Promise<DeploymentRow> =>
  found(await tx.deployments.get(update.tenant_name, update.deployment_id), "Deployment", update.deployment_id);

/** The deployment as it is stored now. */
export async function storedState(
  tx: UnitOfWork,
  update: DeploymentUpdateRow,
): Promise<{ deployment: DeploymentRow; nodes: NodeRow[]; instances: NodeInstanceRow[] }> {
  const { tenant_name, deployment_id } = update;
  return {
    deployment: await deploymentOf(tx, update),
    nodes: await tx.nodes.ofDeployment(tenant_name, deployment_id),
    instances: await tx.nodeInstances.ofDeployment(tenant_name, deployment_id),
  };
}
