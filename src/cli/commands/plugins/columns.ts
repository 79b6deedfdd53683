import type { Plugin, PluginsUpdate } from "../../../api/archives.ts";
import type { Column } from "../../output/column.ts";

export const PLUGIN_SUMMARY_COLUMNS: readonly Column<Plugin>[] = [
  { key: "id" },
  { key: "package_name" },
  { key: "package_version", whole: true },
  { key: "distribution" },
  { key: "distribution_release" },
];

export const PLUGIN_COLUMNS: readonly Column<Plugin>[] = [
  ...PLUGIN_SUMMARY_COLUMNS,
  { key: "installed on", value: (plugin) => installedOn(plugin) },
  { key: "uploaded_at" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
  { key: "yaml_url_path", priority: -1 },
  { key: "installation_state", extended: true },
];

/** With `--get-data`. */
export const pluginColumns = (getData: boolean): readonly Column<Plugin>[] =>
  getData
    ? [
        ...PLUGIN_COLUMNS,
        { key: "file_server_path", priority: -1 },
        { key: "supported_platform" },
        { key: "supported_py_versions" },
      ]
    : PLUGIN_COLUMNS;

/** `2 managers, 1 agents, 1 errors`: an error counts where it happened, too. */
function installedOn({ installation_state: states }: Plugin): string {
  const reported = (states ?? []).filter(({ state }) => state === "installed" || state === "error");
  const counts = {
    managers: reported.filter(({ manager }) => manager).length,
    agents: reported.filter(({ manager, agent }) => !manager && agent).length,
    errors: reported.filter(({ state }) => state === "error").length,
  };
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return told.map(([what, count]) => `${count} ${what}`).join(", ");
}

export const PLUGINS_UPDATE_COLUMNS: readonly Column<PluginsUpdate>[] = [
  { key: "id" },
  { key: "state" },
  { key: "blueprint_id" },
  { key: "temp_blueprint_id" },
  { key: "execution_id" },
  { key: "deployments_to_update" },
  { key: "visibility" },
  { key: "created_at" },
  { key: "forced" },
];
