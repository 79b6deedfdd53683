import type { Json } from "../../api/resources.ts";
import type { PluginRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters, found, Refusal } from "../refusal.ts";
import { widened } from "../visibility.ts";
import { visiblePlugin } from "./list.ts";

const CHANGEABLE = ["blueprint_labels", "labels", "resource_tags", "title"] as const;

/** Changes the labels and tags that a plugin gives to blueprints and deployments, its title or its creator. */
export async function changePlugin(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  change: Readonly<Record<string, Json>>,
): Promise<PluginRow> {
  authorize(who, "plugin_upload");
  const plugin = await visiblePlugin(tx, who, id);
  const fields = Object.fromEntries(CHANGEABLE.filter((field) => field in change).map((name) => [name, change[name]]));
  const creator = change["creator"];
  if (creator !== undefined && (typeof creator !== "string" || !(await tx.users.get(creator))))
    throw badParameters(`There is no user ${JSON.stringify(creator)} to own the plugin`);
  await tx.plugins.update(plugin.tenant_name, id, {
    ...fields,
    ...(typeof creator === "string" ? { created_by: creator } : {}),
  });
  await recordChange(tx, who, "plugins", id, "update");
  return visiblePlugin(tx, who, id);
}

/** @throws illegal_action_error when it would be seen by fewer */
export async function setPluginVisibility(tx: UnitOfWork, who: Identity, id: string, to: unknown): Promise<PluginRow> {
  authorize(who, "resource_set_visibility");
  const plugin = await visiblePlugin(tx, who, id);
  const visibility = widened("Plugin", id, plugin.visibility, to);
  if (visibility === "global") authorize(who, "resource_set_global");
  await tx.plugins.update(plugin.tenant_name, id, { visibility });
  await recordChange(tx, who, "plugins", id, "update");
  return found(await tx.plugins.get(who.tenant, id), "Plugin", id);
}

/** @throws plugin_in_use when a blueprint needs it, without force */
export async function deletePlugin(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { force }: { force: boolean },
): Promise<void> {
  authorize(who, "plugin_delete");
  const plugin = await visiblePlugin(tx, who, id);
  if (plugin.tenant_name !== who.tenant)
    throw new Refusal("illegal_action_error", `The plugin ${id} belongs to the tenant ${plugin.tenant_name}`);
  const users = force ? [] : await blueprintsWith(tx, plugin);
  if (users.length > 0)
    throw new Refusal(
      "plugin_in_use",
      `Plugin "${id}" is currently in use in blueprints: ${users.join(", ")}. You can "force" plugin removal.`,
    );
  await tx.plugins.remove(plugin.tenant_name, id);
  await recordChange(tx, who, "plugins", id, "delete");
}

const PLUGIN_LISTS = ["deployment_plugins_to_install", "workflow_plugins_to_install", "host_agent_plugins_to_install"];

/** Ids of the blueprints whose plan names the package in this version. */
async function blueprintsWith(tx: UnitOfWork, plugin: PluginRow): Promise<string[]> {
  const scope = { tenants: plugin.visibility === "global" ? ("all" as const) : [plugin.tenant_name] };
  const { items } = await tx.blueprints.list({ scope: { ...scope, privateOf: "everyone" }, fields: ["id", "plan"] });
  return items.filter(({ plan }) => PLUGIN_LISTS.some((list) => names(plan?.[list], plugin))).map(({ id }) => id);
}

const names = (list: Json | undefined, { package_name, package_version }: PluginRow): boolean =>
  Array.isArray(list) &&
  (list as Record<string, Json>[]).some(
    (each) => each["package_name"] === package_name && each["package_version"] === package_version,
  );
