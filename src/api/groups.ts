/** Many deployments and executions at once, and executions to come. */
import type { JsonObject, Label, TenantResource } from "./resources.ts";

export interface DeploymentGroup extends TenantResource {
  description: string | null;
  default_inputs: JsonObject | null;
  default_blueprint_id: string | null;
  creation_counter: number;
  deployment_ids: string[];
  labels: Label[];
}

export interface ExecutionGroup extends TenantResource {
  workflow_id: string;
  concurrency: number;
  deployment_group_id: string | null;
  /** Only of a single group, or with `_get_data`. */
  execution_ids?: string[];
  status?: string;
}

export interface ExecutionSchedule extends TenantResource {
  deployment_id: string;
  workflow_id: string;
  parameters: JsonObject | null;
  execution_arguments: JsonObject | null;
  next_occurrence: string | null;
  since: string;
  until: string | null;
  rule: JsonObject;
  /** In minutes. */
  slip: number;
  stop_on_fail: boolean;
  enabled: boolean;
  latest_execution_status: string | null;
  /** `YYYY-MM-DD HH:MM:SS`: at most a thousand of a single schedule, the next ten of each in a list. */
  all_next_occurrences?: string[];
}
