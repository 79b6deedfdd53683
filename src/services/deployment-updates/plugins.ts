import type { Json } from "../../api/resources.ts";
import type { DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { addDetails, detailsOf } from "./details.ts";
import { planOf } from "./prepare.ts";
import { isSame } from "./steps.ts";

const CENTRAL = "central_deployment_agent";

/**
 * Notes which plugins the deployment does not need any more. They are not uninstalled: others may use them, and whoever
 * wants to be rid of one deletes it.
 */
export async function preparePluginChanges(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const plan = planOf(update);
  const old = update.old_blueprint_id
    ? await tx.blueprints.get(update.tenant_name, update.old_blueprint_id)
    : undefined;
  const before = [
    ...listIn(old?.plan, "deployment_plugins_to_install"),
    ...listIn(old?.plan, "workflow_plugins_to_install"),
  ];
  const after = [...plan.deployment_plugins_to_install, ...plan.workflow_plugins_to_install];
  const central = before.filter(
    (plugin, index) =>
      isCentral(plugin) && !after.some((other) => isSame(plugin, other)) && isFirst(before, plugin, index),
  );

  const nodes = await tx.nodes.ofDeployment(update.tenant_name, update.deployment_id, ["id", "plugins"]);
  const planned = new Map(plan.nodes.map(({ id, plugins }) => [id, plugins]));
  const ofNodes: Record<string, Json[]> = {};
  for (const { id, plugins } of nodes) {
    const wanted = planned.get(id);
    const gone = wanted ? plugins.filter((plugin) => !wanted.some((other) => isSame(plugin, other))) : [];
    if (gone.length > 0) ofNodes[id] = gone;
  }
  const { deployment_update_nodes: changes } = detailsOf(update);
  if (!changes) throw new Error(`The deployment update ${update.id} does not know its nodes yet`);
  await addDetails(tx, update, {
    deployment_update_nodes: { ...changes, host_plugins_to_uninstall: ofNodes, cda_plugins_to_uninstall: central },
  });
}

const listIn = (plan: object | null | undefined, key: string): Json[] =>
  ((plan as Record<string, Json[]> | null | undefined)?.[key] ?? []) as Json[];

const isCentral = (plugin: Json): boolean => (plugin as { executor?: unknown } | null)?.executor === CENTRAL;

const isFirst = (plugins: readonly Json[], plugin: Json, index: number): boolean =>
  plugins.findIndex((other) => isSame(plugin, other)) === index;
