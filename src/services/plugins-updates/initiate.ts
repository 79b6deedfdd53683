import { randomUUID } from "node:crypto";
import type { PluginsUpdate } from "../../api/archives.ts";
import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { startSystemWorkflow } from "../executions/start-system-workflow.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { pluginsUpdate, pluginsUpdateView } from "./list.ts";
import { targetVersions, type VersionsWanted } from "./targets.ts";

const ACTIVE_STATES = ["updating", "executing_workflow", "finalizing"];

/**
 * Moves a blueprint and its deployments to other versions of its plugins; an execution does it, alone.
 * @throws conflict_error another update of it is not finished, unless forced
 * @throws existing_running_execution_error when something runs
 */
export async function initiatePluginsUpdate(
  tx: UnitOfWork,
  who: Identity,
  blueprintId: string,
  { force, versions }: { force: boolean; versions: VersionsWanted },
): Promise<PluginsUpdate> {
  authorize(who, "plugins_update_create");
  const blueprint = await visibleBlueprint(tx, who, blueprintId);
  if (blueprint.tenant_name !== who.tenant) {
    throw new Refusal("illegal_action_error", `The blueprint ${blueprintId} belongs to ${blueprint.tenant_name}`);
  }
  if (!force) await refuseWhileUpdated(tx, who.tenant, blueprintId);
  const targets = await targetVersions(tx, who.tenant, blueprint, versions);
  const isNeeded = Object.keys(targets).length > 0;
  const id = randomUUID();
  const parameters = { update_id: id, plugin_versions: targets, force };
  const execution = isNeeded
    ? await startSystemWorkflow(tx, who, "update_plugin", parameters, { queue: false })
    : undefined;
  const deployments = (await deploymentsOf(tx, who.tenant, blueprintId)).map((deployment) => deployment.id);
  await tx.pluginUpdates.insert({
    id,
    tenant_name: who.tenant,
    visibility: blueprint.visibility,
    created_by: who.username,
    created_at: tx.now(),
    blueprint_id: blueprintId,
    execution_id: execution?.id ?? null,
    state: isNeeded ? "updating" : "no_changes_required",
    forced: force,
    deployments_to_update: isNeeded ? deployments : [],
    deployments_per_tenant: isNeeded ? { [who.tenant]: deployments } : {},
  });
  await recordChange(tx, who, "plugins_updates", id, "create");
  return pluginsUpdateView(await pluginsUpdate(tx, who, id));
}

/** The deployments that are made of a blueprint. */
export async function deploymentsOf(tx: UnitOfWork, tenant: string, blueprintId: string): Promise<DeploymentRow[]> {
  const { items } = await tx.deployments.list({
    scope: { tenants: [tenant], privateOf: "everyone" },
    filters: { blueprint_id: [blueprintId] },
    sort: [{ field: "id", descending: false }],
  });
  return items;
}

async function refuseWhileUpdated(tx: UnitOfWork, tenant: string, blueprintId: string): Promise<void> {
  const { items } = await tx.pluginUpdates.list({
    scope: { tenants: [tenant], privateOf: "everyone" },
    filters: { blueprint_id: [blueprintId], state: ACTIVE_STATES },
  });
  if (items.length === 0) return;
  throw new Refusal(
    "conflict_error",
    `There are plugins updates still active; update IDs: ${items.map(({ id }) => id).join(", ")}`,
  );
}
