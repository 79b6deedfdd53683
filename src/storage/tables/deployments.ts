import type { DeploymentStatus, InstallationStatus, JsonObject } from "../../api/resources.ts";
import type { ExecutionStatus } from "../../api/statuses.ts";
import { defaulted, derived, flag, integer, json, nullable, oneOf, table, text } from "../column.ts";
import { resource } from "./resource.ts";

const ofLatestExecution = (column: string) =>
  `(select latest.${column} from executions as latest where latest.id = deployments.latest_execution)`;

const instancesWhere = (condition: string) =>
  `(select count(*) from node_instances as instance where instance.tenant_name = deployments.tenant_name
    and instance.deployment_id = deployments.id and ${condition})`;

export const deployments = table("deployments", {
  ...resource,
  updated_at: nullable(text),
  display_name: text,
  description: nullable(text),
  /** A deployment may be made from another tenant's blueprint, if that is global. */
  blueprint_tenant_name: text,
  blueprint_id: text,
  inputs: nullable(json<JsonObject>()),
  outputs: nullable(json<JsonObject>()),
  capabilities: nullable(json<JsonObject>()),
  groups: nullable(json<JsonObject>()),
  scaling_groups: nullable(json<JsonObject>()),
  policy_triggers: nullable(json<JsonObject>()),
  policy_types: nullable(json<JsonObject>()),
  /** The plan's workflows by name. */
  workflows: nullable(json<JsonObject>()),
  permalink: nullable(text),
  runtime_only_evaluation: defaulted(flag),
  installation_status: defaulted(oneOf<InstallationStatus>()),
  deployment_status: defaulted(oneOf<DeploymentStatus>()),
  sub_services_status: nullable(oneOf<DeploymentStatus>()),
  sub_environments_status: nullable(oneOf<DeploymentStatus>()),
  sub_services_count: defaulted(integer),
  sub_environments_count: defaulted(integer),
  resource_tags: nullable(json<JsonObject>()),
  site_name: nullable(text),
  latest_execution: nullable(text),
  create_execution: nullable(text),
  /** The execution's own status; the wire shows its outcome. */
  latest_execution_status: derived(nullable(oneOf<ExecutionStatus>()), ofLatestExecution("status")),
  latest_execution_workflow_id: derived(nullable(text), ofLatestExecution("workflow_id")),
  latest_execution_total_operations: derived(nullable(integer), ofLatestExecution("total_operations")),
  latest_execution_finished_operations: derived(nullable(integer), ofLatestExecution("finished_operations")),
  drifted_instances: derived(integer, instancesWhere("instance.has_configuration_drift = 1")),
  unavailable_instances: derived(integer, instancesWhere("instance.is_status_check_ok = 0")),
});

export const deploymentGroups = table("deployment_groups", {
  ...resource,
  description: nullable(text),
  default_blueprint_id: nullable(text),
  default_inputs: nullable(json<JsonObject>()),
  creation_counter: defaulted(integer),
});

export const deploymentGroupMembers = table("deployment_group_members", {
  tenant_name: text,
  deployment_group_id: text,
  deployment_id: text,
});

export const deploymentModifications = table("deployment_modifications", {
  ...resource,
  ended_at: nullable(text),
  deployment_id: text,
  status: oneOf<"started" | "finished" | "rolledback">(),
  context: json<JsonObject>(),
  modified_nodes: json<JsonObject>(),
  node_instances: json<JsonObject>(),
});

export const deploymentUpdates = table("deployment_updates", {
  ...resource,
  deployment_id: text,
  execution_id: nullable(text),
  state: text,
  old_blueprint_id: nullable(text),
  new_blueprint_id: nullable(text),
  old_inputs: nullable(json<JsonObject>()),
  new_inputs: nullable(json<JsonObject>()),
  runtime_only_evaluation: defaulted(flag),
  keep_old_deployment_dependencies: defaulted(flag),
  /** Steps, changed nodes and instances, schedules, labels: what only the update itself reads. */
  details: json<JsonObject>(),
});

export const interDeploymentDependencies = table("inter_deployment_dependencies", {
  ...resource,
  dependency_creator: text,
  source_deployment_id: nullable(text),
  target_deployment_id: nullable(text),
  target_deployment_func: nullable(json<JsonObject>()),
  external_source: nullable(json<JsonObject>()),
  external_target: nullable(json<JsonObject>()),
});
