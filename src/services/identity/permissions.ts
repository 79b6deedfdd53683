/** Which role may do what. A role has its own permissions and those of every weaker role. */

const EVERYONE = [
  "version_get",
  "status_get",
  "manager_config_get",
  "tenant_list",
  "token_get",
  "user_get_self",
  "maintenance_mode_get",
  "license_list",
  "broker_get",
  "db_nodes_get",
  "identity_provider_get",
  "ldap_status_get",
  "provider_context_get",
  "provider_context_create",
] as const;

const TOKENS = ["create_token", "delete_token", "list_token"] as const;

const VIEWER = [
  "agent_get",
  "agent_list",
  "blueprint_download",
  "blueprint_get",
  "blueprint_list",
  "cluster_status_get",
  "deployment_capabilities",
  "deployment_get",
  "deployment_group_get",
  "deployment_group_list",
  "deployment_list",
  "deployment_modification_get",
  "deployment_modification_list",
  "deployment_modification_outputs",
  "deployment_update_get",
  "deployment_update_list",
  "event_list",
  "execution_get",
  "execution_group_get",
  "execution_group_list",
  "execution_list",
  "execution_schedule_get",
  "execution_schedule_list",
  "execution_should_start",
  "file_server_auth",
  "filter_get",
  "filter_list",
  "inter_deployment_dependency_get",
  "inter_deployment_dependency_list",
  "labels_list",
  "manager_get",
  "node_get",
  "node_instance_get",
  "node_instance_list",
  "node_list",
  "operations",
  "plugin_download",
  "plugin_get",
  "plugin_list",
  "plugins_update_get",
  "plugins_update_list",
  "secret_get",
  "secret_list",
  "site_get",
  "site_list",
] as const;

const OPERATIONS = [
  "agent_create",
  "agent_update",
  "deployment_create",
  "deployment_delete",
  "deployment_group_create",
  "deployment_group_delete",
  "deployment_group_update",
  "deployment_modification_finish",
  "deployment_modification_rollback",
  "deployment_modify",
  "deployment_set_site",
  "deployment_set_visibility",
  "deployment_update",
  "deployment_update_create",
  "deployment_update_update",
  "event_create",
  "event_delete",
  "execution_cancel",
  "execution_delete",
  "execution_group_cancel",
  "execution_group_create",
  "execution_group_update",
  "execution_schedule_create",
  "execution_start",
  "execution_status_update",
  "filter_create",
  "filter_delete",
  "filter_update",
  "functions_evaluate",
  "inter_deployment_dependency_create",
  "inter_deployment_dependency_delete",
  "node_delete",
  "node_instance_delete",
  "node_instance_update",
  "node_update",
  "plugins_update_create",
  "tenant_get",
  "tenant_rabbitmq_credentials",
] as const;

const USER = [
  "blueprint_delete",
  "blueprint_upload",
  "plugin_delete",
  "plugin_upload",
  "resource_set_visibility",
  "secret_create",
  "secret_delete",
  "secret_export",
  "secret_import",
  "secret_update",
  "site_create",
  "site_delete",
  "site_update",
] as const;

const MANAGER = ["administrators", "execute_global_workflow", "manager_config_put"] as const;

const ADMIN = [
  "all_tenants",
  "audit_log_create",
  "audit_log_inject",
  "audit_log_truncate",
  "audit_log_view",
  "broker_manage",
  "cluster_node_config_update",
  "create_global_resource",
  "get_password_hash",
  "ldap_set",
  "license_remove",
  "license_upload",
  "log_bundle_create",
  "log_bundle_delete",
  "log_bundle_download",
  "log_bundle_get",
  "log_bundle_list",
  "log_bundle_status_update",
  "maintenance_mode_set",
  "manage_others_tokens",
  "manager_manage",
  "monitoring",
  "resource_set_global",
  "set_execution_details",
  "set_execution_group_details",
  "set_owner",
  "set_timestamp",
  "snapshot_create",
  "snapshot_delete",
  "snapshot_download",
  "snapshot_get",
  "snapshot_list",
  "snapshot_restore",
  "snapshot_status_update",
  "snapshot_upload",
  "tenant_create",
  "tenant_delete",
  "tenant_add_user",
  "tenant_remove_user",
  "tenant_update_user",
  "user_create",
  "user_delete",
  "user_get",
  "user_group_create",
  "user_group_delete",
  "user_group_get",
  "user_group_list",
  "user_group_update",
  "user_list",
  "user_set_activated",
  "user_unlock",
  "user_update",
] as const;

export type Permission =
  | (typeof EVERYONE)[number]
  | (typeof TOKENS)[number]
  | (typeof VIEWER)[number]
  | (typeof OPERATIONS)[number]
  | (typeof USER)[number]
  | (typeof MANAGER)[number]
  | (typeof ADMIN)[number];

const viewer: readonly Permission[] = [...EVERYONE, ...VIEWER];
const operations: readonly Permission[] = [...viewer, ...OPERATIONS];
const user: readonly Permission[] = [...operations, ...USER];
const manager: readonly Permission[] = [...user, ...MANAGER];

/** `operations` alone may not make tokens of its own. */
export const PERMISSIONS_OF_ROLE: Readonly<Record<string, readonly Permission[]>> = {
  sys_admin: [...manager, ...TOKENS, ...ADMIN],
  manager: [...manager, ...TOKENS],
  user: [...user, ...TOKENS],
  operations,
  viewer: [...viewer, ...TOKENS],
  default: [...EVERYONE, ...TOKENS],
};

export const SYSTEM_ROLES = ["sys_admin", "default"] as const;
export const TENANT_ROLES = ["manager", "user", "operations", "viewer"] as const;
