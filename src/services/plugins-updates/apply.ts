import type { JsonObject } from "../../api/resources.ts";
import { type Plan, prepareDeployment } from "../../dsl/index.ts";
import type { DeploymentRow, ExecutionRow, PluginUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { nodeRow, planAttributes } from "../deployments/create-environment.ts";
import { withKnownConstraints } from "../deployments/input-constraints.ts";
import { ASKED_BEFORE } from "../searches/object-lookup.ts";
import { deploymentsOf } from "./initiate.ts";

/**
 * Gives a blueprint a plan with other versions of its plugins, and its deployments what follows from that: what
 * operations and workflows are, and where they come from. Nothing runs on the instances.
 * @throws DslError when a deployment's inputs do not fit the new plan
 */
export async function applyPluginsUpdate(tx: UnitOfWork, update: PluginUpdateRow, plan: Plan): Promise<void> {
  const { tenant_name, blueprint_id, id } = update;
  if (blueprint_id === null) throw new Error(`The plugins update ${id} is about no blueprint`);
  const change = { plan: plan as unknown as JsonObject, updated_at: tx.now() };
  await tx.blueprints.update(tenant_name, blueprint_id, change);
  for (const deployment of await deploymentsOf(tx, tenant_name, blueprint_id)) {
    await updateDeployment(tx, deployment, plan);
  }
  await tx.pluginUpdates.update(tenant_name, id, { state: "successful" });
}

async function updateDeployment(tx: UnitOfWork, deployment: DeploymentRow, plan: Plan): Promise<void> {
  const { tenant_name, id } = deployment;
  const prepared = await prepareDeployment(await withKnownConstraints(tx, plan, deployment), {
    inputs: deployment.inputs ?? {},
    secretExists: async (name) => (await tx.secrets.get(tenant_name, name, ["key"])) !== undefined,
    runtimeOnlyEvaluation: deployment.runtime_only_evaluation,
    objects: ASKED_BEFORE,
  });
  const { workflows, policy_types, policy_triggers } = planAttributes(prepared);
  await tx.deployments.update(tenant_name, id, { workflows, policy_types, policy_triggers, updated_at: tx.now() });
  for (const node of prepared.nodes) {
    const { properties, operations, relationships, plugins, plugins_to_install, type_hierarchy } = nodeRow(
      deployment,
      node,
    );
    const change = { properties, operations, relationships, plugins, plugins_to_install, type_hierarchy };
    await tx.nodes.update(tenant_name, id, node.id, change);
  }
}

/** An update whose execution came to no good end has changed nothing. */
export async function endPluginsUpdate(
  tx: UnitOfWork,
  { workflow_id, tenant_name, parameters }: ExecutionRow,
  status: string,
): Promise<void> {
  if (workflow_id !== "update_plugin" || status === "terminated") return;
  await tx.pluginUpdates.update(tenant_name, String(parameters["update_id"]), { state: "failed" });
}
