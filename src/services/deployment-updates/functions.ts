import type { DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { updateSchedules } from "../deployments/settings.ts";
import { updateDependencies } from "../inter-deployment-dependencies/of-plan.ts";
import { found } from "../refusal.ts";
import { deleteRemovedInstances, deleteRemovedNodes, deleteRemovedRelationships } from "./finish.ts";
import { updateStoredOperations } from "./operations.ts";
import { setDeploymentAttributes, updateNodeInstances, updateNodes } from "./perform.ts";
import { preparePluginChanges } from "./plugins.ts";
import { createSteps, deploymentOf, planOf, preparePlan, prepareUpdateNodes } from "./prepare.ts";

type UpdateFunction = (tx: UnitOfWork, update: DeploymentUpdateRow) => Promise<void>;

/** The functions of the update workflow's own tasks, by name. */
const FUNCTIONS: Readonly<Record<string, UpdateFunction>> = {
  prepare_plan: preparePlan,
  create_steps: createSteps,
  prepare_update_nodes: prepareUpdateNodes,
  prepare_plugin_changes: preparePluginChanges,
  set_deployment_attributes: setDeploymentAttributes,
  update_inter_deployment_dependencies: async (tx, update) =>
    updateDependencies(tx, await deploymentOf(tx, update), planOf(update)),
  update_deployment_nodes: updateNodes,
  update_deployment_node_instances: updateNodeInstances,
  delete_removed_relationships: deleteRemovedRelationships,
  delete_removed_instances: deleteRemovedInstances,
  delete_removed_nodes: deleteRemovedNodes,
  update_schedules: async (tx, update) =>
    updateSchedules(tx, await deploymentOf(tx, update), planOf(update).deployment_settings?.default_schedules ?? {}),
  update_operations: updateStoredOperations,
};

/** Does one step of a deployment update. @throws not_found_error, and what the step throws */
export async function runUpdateFunction(tx: UnitOfWork, tenant: string, name: string, updateId: string): Promise<void> {
  const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (run === undefined) throw new Error(`A deployment update has no step ${name}`);
  await run(tx, found(await tx.deploymentUpdates.get(tenant, updateId), "DeploymentUpdate", updateId));
}
