import type { PluginsUpdate } from "../../api/archives.ts";
import type { PluginUpdateRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found } from "../refusal.ts";
import { project, visibilityForms } from "../views.ts";

const FIELDS = [
  "created_at",
  "id",
  "visibility",
  "state",
  "deployments_to_update",
  "deployments_per_tenant",
  "forced",
  "all_tenants",
  "blueprint_id",
  "temp_blueprint_id",
  "execution_id",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
] as const satisfies (keyof PluginsUpdate)[];

export const pluginsUpdateView = (row: PluginUpdateRow): PluginsUpdate => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  state: row.state,
  deployments_to_update: row.deployments_to_update,
  deployments_per_tenant: row.deployments_per_tenant,
  forced: row.forced,
  all_tenants: row.all_tenants,
  blueprint_id: row.blueprint_id,
  temp_blueprint_id: row.temp_blueprint_id,
  execution_id: row.execution_id,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});

export function listPluginsUpdates(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "plugins_update_list");
  return listResources(read, who, query, {
    fields: FIELDS,
    computed: ["private_resource", "deployments_to_update", "deployments_per_tenant"],
    rows: read.pluginUpdates.list,
    view: (rows) => rows.map(pluginsUpdateView),
  });
}

/** @throws not_found_error */
export async function getPluginsUpdate(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<PluginsUpdate>> {
  authorize(who, "plugins_update_get");
  return project(pluginsUpdateView(await pluginsUpdate(read, who, id)), parseInclude(query["_include"], FIELDS));
}

export const pluginsUpdate = async (read: Repositories, who: Identity, id: string): Promise<PluginUpdateRow> =>
  found(await read.pluginUpdates.get(who.tenant, id), "PluginsUpdate", id);
