/** Resources as REST API v3.1 shows them. Times are UTC texts, `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
import type { BlueprintState, ExecutionStatus, NodeInstanceState, TaskState, Visibility } from "./statuses.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What every resource of a tenant carries. */
export interface TenantResource {
  id: string;
  visibility: Visibility;
  tenant_name: string;
  created_by: string;
  created_at: string;
  private_resource: boolean;
  resource_availability: Visibility;
}

export interface Label {
  key: string;
  value: string;
  created_at: string;
  created_by: string;
}

export interface Blueprint extends TenantResource {
  main_file_name: string | null;
  plan: JsonObject | null;
  requirements: JsonObject | null;
  updated_at: string | null;
  description: string | null;
  is_hidden: boolean;
  state: BlueprintState;
  error: string | null;
  error_traceback: string | null;
  labels: Label[];
  upload_execution: Execution | null;
}

export interface Workflow {
  name: string;
  plugin: string;
  operation: string;
  parameters: JsonObject;
  is_cascading: boolean;
  is_available: boolean;
  availability_rules: JsonObject | null;
}

export type InstallationStatus = "active" | "inactive";
export type DeploymentStatus = "good" | "in_progress" | "requires_attention";
export type LatestExecutionStatus = "in_progress" | "completed" | "failed" | "cancelled";

export interface Deployment extends TenantResource {
  display_name: string;
  description: string | null;
  blueprint_id: string;
  inputs: JsonObject | null;
  outputs: JsonObject | null;
  capabilities: JsonObject | null;
  groups: JsonObject | null;
  scaling_groups: JsonObject | null;
  policy_triggers: JsonObject | null;
  policy_types: JsonObject | null;
  workflows: Workflow[];
  permalink: string | null;
  updated_at: string | null;
  runtime_only_evaluation: boolean;
  installation_status: InstallationStatus;
  deployment_status: DeploymentStatus;
  sub_services_status: DeploymentStatus | null;
  sub_environments_status: DeploymentStatus | null;
  sub_services_count: number;
  sub_environments_count: number;
  resource_tags: JsonObject | null;
  drifted_instances: number;
  unavailable_instances: number;
  site_name: string | null;
  labels: Label[];
  deployment_groups: string[];
  latest_execution: string | null;
  latest_execution_status: LatestExecutionStatus | null;
  latest_execution_total_operations: number | null;
  latest_execution_finished_operations: number | null;
  latest_execution_workflow_id: string | null;
  create_execution: string | null;
  environment_type: string;
  has_sub_deployments: boolean;
  workdir_zip: string | null;
}

export interface Execution extends TenantResource {
  workflow_id: string;
  deployment_id: string | null;
  deployment_display_name: string | null;
  blueprint_id: string | null;
  status: ExecutionStatus;
  status_display: string;
  parameters: JsonObject;
  allow_custom_parameters: boolean;
  is_system_workflow: boolean;
  is_dry_run: boolean;
  resume: boolean;
  /** null before it starts, "" when nothing went wrong. */
  error: string | null;
  started_at: string | null;
  ended_at: string | null;
  scheduled_for: string | null;
  total_operations: number | null;
  finished_operations: number | null;
}

export interface ErrorCause {
  type: string;
  message: string;
  traceback: string;
}

export type EventType = "cloudify_event" | "cloudify_log";

/** One event or log line. Ids repeat between the two kinds: only (type, _storage_id) is unique. */
export interface Event {
  _storage_id: number;
  type: EventType;
  timestamp: string;
  reported_timestamp: string;
  message: string;
  event_type?: string;
  level?: string;
  logger?: string;
  operation: string | null;
  error_causes: ErrorCause[] | null;
  blueprint_id: string | null;
  deployment_id: string | null;
  deployment_display_name: string | null;
  execution_id: string | null;
  execution_group_id: string | null;
  workflow_id: string | null;
  node_instance_id: string | null;
  node_name: string | null;
  source_id: string | null;
  target_id: string | null;
  manager_name: string | null;
  agent_name: string | null;
}

export interface Node extends Omit<TenantResource, "created_at"> {
  deployment_id: string;
  deployment_display_name: string;
  blueprint_id: string;
  host_id: string | null;
  type: string;
  type_hierarchy: string[];
  properties: JsonObject;
  operations: JsonObject;
  plugins: Json[];
  plugins_to_install: Json[] | null;
  relationships: Json[];
  number_of_instances: number;
  planned_number_of_instances: number;
  deploy_number_of_instances: number;
  min_number_of_instances: number;
  max_number_of_instances: number;
  actual_number_of_instances: number;
  actual_planned_number_of_instances: number;
  drifted_instances: number;
  unavailable_instances: number;
}

export interface NodeInstance extends Omit<TenantResource, "created_at"> {
  deployment_id: string;
  node_id: string;
  host_id: string | null;
  index: number;
  relationships: Json[];
  runtime_properties: JsonObject;
  system_properties: JsonObject;
  scaling_groups: Json[];
  state: NodeInstanceState;
  version: number;
  has_configuration_drift: boolean;
  is_status_check_ok: boolean;
}

export interface TasksGraph {
  id: string;
  name: string;
  execution_id: string;
  created_at: string;
}

/** One stored task of a graph. `type` is the task's class name. */
export interface Operation {
  id: string;
  name: string;
  state: TaskState;
  type: string;
  dependencies: string[];
  parameters: JsonObject;
  tasks_graph_id: string;
  manager_name: string | null;
  agent_name: string | null;
  created_at: string;
}
