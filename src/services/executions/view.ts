import type { Execution } from "../../api/resources.ts";
import { statusDisplay } from "../../api/statuses.ts";
import type { ExecutionRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const EXECUTION_FIELDS = [
  "created_at",
  "visibility",
  "id",
  "ended_at",
  "error",
  "is_system_workflow",
  "parameters",
  "status",
  "workflow_id",
  "started_at",
  "scheduled_for",
  "is_dry_run",
  "resume",
  "total_operations",
  "finished_operations",
  "allow_custom_parameters",
  "blueprint_id",
  "deployment_display_name",
  "deployment_id",
  "status_display",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
] as const satisfies (keyof Execution)[];

export const executionView = (row: ExecutionRow): Execution => ({
  created_at: row.created_at,
  visibility: row.visibility,
  id: row.id,
  ended_at: row.ended_at,
  error: row.error,
  is_system_workflow: row.is_system_workflow,
  parameters: row.parameters,
  status: row.status,
  workflow_id: row.workflow_id,
  started_at: row.started_at,
  scheduled_for: row.scheduled_for,
  is_dry_run: row.is_dry_run,
  resume: row.resume,
  total_operations: row.total_operations ?? 0,
  finished_operations: row.finished_operations ?? 0,
  allow_custom_parameters: row.allow_custom_parameters,
  blueprint_id: row.blueprint_id,
  deployment_display_name: row.deployment_display_name,
  deployment_id: row.deployment_id,
  status_display: statusDisplay(row.status),
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});
