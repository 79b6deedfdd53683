import type { Plugin } from "../../api/archives.ts";
import type { PluginRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { notFound } from "../refusal.ts";
import { project } from "../views.ts";
import { compareVersions, fulfils } from "./versions.ts";
import { PLUGIN_FIELDS, pluginViews } from "./view.ts";
import { yamlFilesOf } from "./yaml-files.ts";

export function listPlugins(read: Repositories, who: Identity, query: RawQuery, files: string) {
  authorize(who, "plugin_list");
  return listResources(read, who, query, {
    fields: PLUGIN_FIELDS,
    searchIn: ["package_name"],
    computed: ["installation_state", "private_resource", "yaml_files_paths", "yaml_url_path"],
    rows: (request) => read.plugins.list(request),
    view: (rows) => pluginViews(read, rows, yamlFilesOf(files)),
  });
}

export async function getPlugin(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
  files: string,
): Promise<Partial<Plugin>> {
  authorize(who, "plugin_get");
  const include = parseInclude(query["_include"], PLUGIN_FIELDS);
  return project(await viewOfPlugin(read, await visiblePlugin(read, who, id), files), include);
}

export async function viewOfPlugin(read: Repositories, row: PluginRow, files: string): Promise<Plugin> {
  const [view] = await pluginViews(read, [row], yamlFilesOf(files));
  return view as Plugin;
}

/** The plugin, if it exists and the caller may see it. @throws not_found_error */
export async function visiblePlugin(read: Repositories, who: Identity, id: string): Promise<PluginRow> {
  const row = await read.plugins.get(who.tenant, id);
  if (!row || (row.visibility === "private" && row.created_by !== who.username && !isAdmin(who)))
    throw notFound("Plugin", id);
  return row;
}

export interface WantedPlugin {
  name: string;
  /** Comparisons such as `>=1.0`; none: any version. */
  versions: readonly string[];
  distribution?: string | null;
}

/** The newest uploaded plugin of that name and those versions, as far as the tenant sees it. */
export async function newestPlugin(
  read: Repositories,
  tenant: string,
  { name, versions, distribution }: WantedPlugin,
): Promise<PluginRow | undefined> {
  const { items } = await read.plugins.list({
    scope: { tenants: [tenant], privateOf: "everyone" },
    filters: { package_name: [name], ...(distribution ? { distribution: [distribution] } : {}) },
    sort: [],
  });
  return items
    .filter(({ package_version: version }) => fulfils(version ?? "", versions))
    .toSorted((a, b) => compareVersions(b.package_version ?? "", a.package_version ?? ""))[0];
}
