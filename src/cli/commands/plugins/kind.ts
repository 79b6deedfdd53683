import type { Plugin } from "../../../api/archives.ts";
import type { ResourceKind } from "../shapes/resource-kind.ts";
import { PLUGIN_COLUMNS } from "./columns.ts";
import { pluginId } from "./plugin-id.ts";

export const PLUGIN: ResourceKind<Plugin> = {
  noun: "plugin",
  group: "plugins",
  id: { ...pluginId, metavar: "PLUGIN_ID" },
  example: "9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11",
  title: "Plugin:",
  columns: PLUGIN_COLUMNS,
};
