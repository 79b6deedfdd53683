/** The server itself: its version, health, configuration and the hosts of its cluster. */
import type { Json, JsonObject } from "./resources.ts";

export interface VersionInfo {
  edition: string;
  version: string;
  build: string | null;
  date: string | null;
  commit: string | null;
  distribution: string | null;
  distro_release: string | null;
}

export interface ServerStatus {
  status: "OK" | "Fail" | "Degraded" | (string & {});
  services: Record<string, ServiceStatus>;
}

export interface ServiceStatus {
  status: "Active" | "Inactive" | (string & {});
  is_remote: boolean;
  extra_info?: JsonObject;
}

export interface ClusterStatus {
  status: string;
  services: Record<string, { status: string; is_external: boolean; nodes: Record<string, JsonObject> }>;
}

export interface ManagerNode {
  id: number;
  hostname: string;
  private_ip: string;
  public_ip: string;
  version: string;
  edition: string;
  distribution: string | null;
  distro_release: string | null;
  fs_sync_node_id: string | null;
  networks: Record<string, string>;
  last_seen: string;
  status_report_frequency: number | null;
  ca_cert_content: string | null;
}

export interface Broker {
  name: string;
  host: string;
  management_host: string | null;
  port: number;
  username: string | null;
  password: string | null;
  params: JsonObject | null;
  networks: Record<string, string>;
  is_external: boolean;
  ca_cert_content: string | null;
}

export interface DatabaseNode {
  name: string;
  host: string;
  is_external: boolean;
}

export interface ConfigEntry {
  name: string;
  value: Json;
  schema: JsonObject | null;
  is_editable: boolean;
  admin_only: boolean;
  updated_at: string | null;
  scope: string | string[];
  updater_name: string | null;
}

export interface License {
  customer_id: string | null;
  expiration_date: string | null;
  license_edition: string | null;
  trial: boolean;
  cloudify_version: string | null;
  capabilities: string[] | null;
  expired: boolean;
}

export interface MaintenanceState {
  status: "deactivated" | "activating" | "activated";
  activated_at: string;
  activation_requested_at: string;
  remaining_executions: Json[] | null;
  requested_by: string;
}

export interface ProviderContext {
  id?: string;
  name: string;
  context: JsonObject;
}

/** One change that somebody made. */
export interface AuditRecord {
  id: number;
  ref_table: string;
  ref_id: number;
  ref_identifier: JsonObject | null;
  operation: "create" | "update" | "delete";
  creator_name?: string | null;
  execution_id?: string | null;
  created_at: string;
}

export interface Agent {
  id: string;
  host_id: string;
  node_instance_id: string;
  ip: string | null;
  install_method: string | null;
  system: string | null;
  version: string | null;
  node: string;
  deployment: string;
  tenant_name: string;
  state: string;
  created_at: string;
  created_by: string;
}
