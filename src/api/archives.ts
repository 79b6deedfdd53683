/** Resources that are files: plugins, snapshots, log bundles. */
import type { Json, JsonObject, TenantResource } from "./resources.ts";

export interface Plugin extends Omit<TenantResource, "created_at"> {
  archive_name: string;
  package_name: string;
  package_version: string;
  package_source: string | null;
  title: string | null;
  distribution: string | null;
  distribution_release: string | null;
  distribution_version: string | null;
  supported_platform: string | null;
  supported_py_versions: string[] | null;
  wheels: string[];
  excluded_wheels: string[] | null;
  uploaded_at: string;
  blueprint_labels: JsonObject | null;
  labels: JsonObject | null;
  resource_tags: JsonObject | null;
  installation_state: { state: string; error: string | null; manager: string | null; agent: string | null }[];
  yaml_files_paths: string[];
  yaml_url_path: string | null;
}

export interface PluginsUpdate extends TenantResource {
  state: string;
  blueprint_id: string | null;
  temp_blueprint_id: string | null;
  execution_id: string | null;
  deployments_to_update: Json;
  deployments_per_tenant: Json;
  forced: boolean;
  all_tenants: boolean;
}

export const ARCHIVE_STATUSES = ["creating", "created", "failed", "uploaded"] as const;
export type ArchiveStatus = (typeof ARCHIVE_STATUSES)[number];

export interface Snapshot extends TenantResource {
  status: ArchiveStatus;
  error: string | null;
}

export type LogBundle = Snapshot;
