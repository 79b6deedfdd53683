import type { ErrorCause, EventType, JsonObject } from "../../api/resources.ts";
import type { ExecutionStatus, TaskState } from "../../api/statuses.ts";
import { defaulted, derived, flag, integer, json, nullable, oneOf, sequence, table, text } from "../column.ts";
import { resource } from "./resource.ts";

export const executions = table("executions", {
  ...resource,
  deployment_id: nullable(text),
  /** The deployment's blueprint when the execution was made; it does not follow later updates. */
  blueprint_id: nullable(text),
  workflow_id: text,
  status: oneOf<ExecutionStatus>(),
  parameters: json<JsonObject>(),
  allow_custom_parameters: defaulted(flag),
  is_system_workflow: defaulted(flag),
  is_dry_run: defaulted(flag),
  resume: defaulted(flag),
  /** Asked to run beside others; a queued execution needs it again when its turn comes. */
  force: defaulted(flag),
  wait_after_fail: defaulted(integer),
  error: nullable(text),
  started_at: nullable(text),
  ended_at: nullable(text),
  scheduled_for: nullable(text),
  total_operations: nullable(integer),
  finished_operations: nullable(integer),
  token_hash: nullable(text),
  deployment_display_name: derived(
    nullable(text),
    `(select deployment.display_name from deployments as deployment
      where deployment.tenant_name = executions.tenant_name and deployment.id = executions.deployment_id)`,
  ),
});

export const workers = table("workers", { id: text, pid: integer, started_at: text, heartbeat_at: text });

export const pluginLeases = table("plugin_leases", { plugin_id: text, worker_id: text });

export const leases = table("leases", { execution_id: text, worker_id: text, claimed_at: text });

/** Events and log lines, in the order in which they were stored. */
export const events = table("events", {
  storage_id: sequence,
  type: oneOf<EventType>(),
  tenant_name: text,
  execution_id: nullable(text),
  execution_group_id: nullable(text),
  blueprint_id: nullable(text),
  deployment_id: nullable(text),
  workflow_id: nullable(text),
  timestamp: text,
  reported_timestamp: text,
  message: nullable(text),
  message_code: nullable(text),
  event_type: nullable(text),
  level: nullable(text),
  logger: nullable(text),
  operation: nullable(text),
  node_instance_id: nullable(text),
  source_id: nullable(text),
  target_id: nullable(text),
  error_causes: nullable(json<ErrorCause[]>()),
  manager_name: nullable(text),
  agent_name: nullable(text),
  node_name: derived(
    nullable(text),
    `(select instance.node_id from node_instances as instance
      where instance.tenant_name = events.tenant_name and instance.id = events.node_instance_id)`,
  ),
  deployment_display_name: derived(
    nullable(text),
    `(select deployment.display_name from deployments as deployment
      where deployment.tenant_name = events.tenant_name and deployment.id = events.deployment_id)`,
  ),
});

export const tasksGraphs = table("tasks_graphs", {
  storage_id: sequence,
  id: text,
  execution_id: text,
  name: text,
  created_at: text,
});

export const operations = table("operations", {
  storage_id: sequence,
  id: text,
  tasks_graph_id: text,
  name: text,
  state: oneOf<TaskState>(),
  type: text,
  dependencies: json<string[]>(),
  parameters: json<JsonObject>(),
  manager_name: nullable(text),
  agent_name: nullable(text),
  created_at: text,
});

export const executionGroups = table("execution_groups", {
  ...resource,
  deployment_group_id: nullable(text),
  workflow_id: text,
  concurrency: defaulted(integer),
  success_group_id: nullable(text),
  failure_group_id: nullable(text),
});

export const executionGroupMembers = table("execution_group_members", { execution_group_id: text, execution_id: text });

export const executionSchedules = table("execution_schedules", {
  ...resource,
  deployment_id: text,
  workflow_id: text,
  parameters: json<JsonObject>(),
  execution_arguments: json<JsonObject>(),
  rule: json<JsonObject>(),
  since: text,
  until: nullable(text),
  next_occurrence: nullable(text),
  /** Minutes. */
  slip: defaulted(integer),
  stop_on_fail: defaulted(flag),
  enabled: defaulted(flag),
  latest_execution: nullable(text),
  latest_execution_status: derived(
    nullable(oneOf<ExecutionStatus>()),
    "(select latest.status from executions as latest where latest.id = execution_schedules.latest_execution)",
  ),
});
