import type { Json, JsonObject } from "../../api/resources.ts";
import { defaulted, flag, json, nullable, oneOf, real, table, text } from "../column.ts";
import { owned, resource } from "./resource.ts";

export const sites = table("sites", {
  ...owned,
  name: text,
  created_at: text,
  latitude: nullable(real),
  longitude: nullable(real),
});

export const secrets = table("secrets", {
  ...owned,
  key: text,
  created_at: text,
  updated_at: nullable(text),
  /** Encrypted by the service; null when an external provider holds the value. */
  sealed_value: nullable(text),
  is_hidden_value: defaulted(flag),
  schema: nullable(json<JsonObject>()),
  provider_name: nullable(text),
  provider_options: nullable(json<JsonObject>()),
});

export const filters = table("filters", {
  ...resource,
  filtered_resource: oneOf<"blueprints" | "deployments">(),
  updated_at: nullable(text),
  value: json<JsonObject[]>(),
  is_system_filter: defaulted(flag),
});

export const plugins = table("plugins", {
  ...owned,
  id: text,
  uploaded_at: text,
  archive_name: text,
  title: nullable(text),
  package_name: text,
  package_version: nullable(text),
  package_source: nullable(text),
  distribution: nullable(text),
  distribution_release: nullable(text),
  distribution_version: nullable(text),
  supported_platform: nullable(text),
  supported_py_versions: nullable(json<string[]>()),
  excluded_wheels: nullable(json<string[]>()),
  wheels: nullable(json<string[]>()),
  blueprint_labels: nullable(json<Json>()),
  labels: nullable(json<Json>()),
  resource_tags: nullable(json<Json>()),
});

/** How far a plugin's installation is on one worker (`place` manager) or agent. */
export const pluginInstallations = table("plugin_installations", {
  plugin_id: text,
  place: oneOf<"manager" | "agent">(),
  place_name: text,
  state: text,
  error: nullable(text),
});

export const pluginUpdates = table("plugin_updates", {
  ...resource,
  blueprint_id: nullable(text),
  temp_blueprint_id: nullable(text),
  execution_id: nullable(text),
  state: text,
  forced: defaulted(flag),
  all_tenants: defaulted(flag),
  deployments_to_update: nullable(json<Json>()),
  deployments_per_tenant: nullable(json<Json>()),
});
