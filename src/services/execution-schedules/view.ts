import type { ExecutionSchedule } from "../../api/groups.ts";
import type { ExecutionScheduleRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";
import { nextOccurrences, type ScheduleRule } from "./recurrence.ts";

/** In the order of the wire. */
export const EXECUTION_SCHEDULE_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "next_occurrence",
  "since",
  "until",
  "rule",
  "slip",
  "workflow_id",
  "parameters",
  "execution_arguments",
  "stop_on_fail",
  "enabled",
  "deployment_id",
  "latest_execution_status",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "all_next_occurrences",
] as const satisfies (keyof ExecutionSchedule)[];

/** How many of the next occurrences are shown, and from which moment on (milliseconds). */
interface Outlook {
  now: number;
  most: number;
}

export const executionScheduleView = (row: ExecutionScheduleRow, { now, most }: Outlook): ExecutionSchedule => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  next_occurrence: row.next_occurrence,
  since: row.since,
  until: row.until,
  rule: row.rule,
  slip: row.slip,
  workflow_id: row.workflow_id,
  parameters: row.parameters,
  execution_arguments: row.execution_arguments,
  stop_on_fail: row.stop_on_fail,
  enabled: row.enabled,
  deployment_id: row.deployment_id,
  latest_execution_status: row.latest_execution_status,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
  all_next_occurrences: most === 0 ? [] : nextOccurrences(row.rule as unknown as ScheduleRule, row, now, most),
});
