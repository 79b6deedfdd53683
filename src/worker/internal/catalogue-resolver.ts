import { readFile } from "node:fs/promises";
import {
  type CatalogueBlueprint,
  type CataloguePlugin,
  folderResolver,
  type PluginQuery,
  type Resolver,
} from "../../dsl/index.ts";
import { findResource } from "../../services/files/find-resource.ts";
import { newestPlugin } from "../../services/plugins/list.ts";
import { yamlFileFor } from "../../services/plugins/yaml-files.ts";
import type { Repositories } from "../../storage/index.ts";
import type { WorkerHome } from "../home.ts";

interface Catalogue {
  read: Repositories;
  home: WorkerHome;
  tenant: string;
}

const FETCH_MILLISECONDS = 60_000;

/** Finds imports beyond the blueprint's own folder: on the network, and among the uploaded blueprints and plugins. */
export const catalogueResolver = (own: Resolver, catalogue: Catalogue): Resolver => ({
  ...own,
  fetch: async (url) => {
    if (!/^https?:/.test(url)) return null;
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MILLISECONDS) });
    return response.ok ? response.text() : null;
  },
  blueprint: (id) => uploadedBlueprint(id, catalogue),
  plugin: (query) => uploadedPlugin(query, catalogue),
});

/** The newest that fits, with the labels that its owner gave it here. */
async function uploadedPlugin(query: PluginQuery, { read, home, tenant }: Catalogue): Promise<CataloguePlugin | null> {
  const plugin = await newestPlugin(read, tenant, {
    ...query,
    // An address that a manager shows for a plugin of any system says `distribution=None`.
    distribution: query.distribution === "None" ? null : query.distribution,
  });
  if (plugin === undefined) return null;
  const file = await yamlFileFor(home.server.files, plugin.id, query.dslVersion);
  if (file === null) throw new Error(`the plugin ${query.name} was uploaded without a YAML file`);
  return {
    location: `plugin:${plugin.package_name}/${file.name}`,
    text: await readFile(file.path, "utf8"),
    ...(plugin.labels === null ? {} : { labels: plugin.labels as Record<string, string[]> }),
    ...(plugin.blueprint_labels === null
      ? {}
      : { blueprintLabels: plugin.blueprint_labels as Record<string, string[]> }),
    ...(plugin.resource_tags === null ? {} : { resourceTags: plugin.resource_tags as Record<string, string> }),
  };
}

async function uploadedBlueprint(id: string, { read, home, tenant }: Catalogue): Promise<CatalogueBlueprint | null> {
  const row = await read.blueprints.get(tenant, id, ["id", "tenant_name", "state", "main_file_name"]);
  if (row?.state !== "uploaded" || !row.main_file_name) return null;
  const directory = home.blueprint(row.tenant_name, id);
  const text = await readFile(await findResource(row.main_file_name, [directory]), "utf8");
  return { main: { location: row.main_file_name, text }, resolver: folderResolver(directory) };
}
