import type { Plugin } from "../../api/archives.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { PluginRow, Repositories } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const PLUGIN_FIELDS = [
  "id",
  "visibility",
  "archive_name",
  "distribution",
  "distribution_release",
  "distribution_version",
  "excluded_wheels",
  "package_name",
  "package_source",
  "package_version",
  "supported_platform",
  "supported_py_versions",
  "uploaded_at",
  "wheels",
  "title",
  "blueprint_labels",
  "labels",
  "resource_tags",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "installation_state",
  "yaml_files_paths",
  "yaml_url_path",
] as const satisfies (keyof Plugin)[];

/** Plugins with how far their installation is. */
export async function pluginViews(
  read: Repositories,
  rows: readonly PluginRow[],
  yamlFiles: (pluginId: string) => Promise<string[]>,
): Promise<Plugin[]> {
  const installations = await read.plugins.installations(rows.map(({ id }) => id));
  return Promise.all(
    rows.map(async (row) => ({
      ...ownFields(row),
      ...visibilityForms(row.visibility),
      installation_state: installations
        .filter(({ plugin_id }) => plugin_id === row.id)
        .map(({ state, error, place, place_name }) => ({
          state,
          error,
          manager: place === "manager" ? place_name : null,
          agent: place === "agent" ? place_name : null,
        })),
      yaml_files_paths: (await yamlFiles(row.id)).map((name) => `plugins/${row.id}/${name}`),
      yaml_url_path: `plugin:${row.package_name}?version=${row.package_version}&distribution=${row.distribution ?? "None"}`,
    })),
  );
}

const ownFields = (row: PluginRow) => ({
  id: row.id,
  visibility: row.visibility,
  archive_name: row.archive_name,
  distribution: row.distribution,
  distribution_release: row.distribution_release,
  distribution_version: row.distribution_version,
  excluded_wheels: row.excluded_wheels,
  package_name: row.package_name,
  package_source: row.package_source,
  package_version: row.package_version ?? "",
  supported_platform: row.supported_platform,
  supported_py_versions: row.supported_py_versions,
  uploaded_at: row.uploaded_at,
  wheels: row.wheels ?? [],
  title: row.title,
  blueprint_labels: row.blueprint_labels as JsonObject | null,
  labels: row.labels as JsonObject | null,
  resource_tags: row.resource_tags as JsonObject | null,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
});
