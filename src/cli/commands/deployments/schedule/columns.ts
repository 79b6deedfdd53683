import type { ExecutionSchedule } from "../../../../api/groups.ts";
import type { Column } from "../../../output/column.ts";

export const SCHEDULE_COLUMNS: readonly Column<ExecutionSchedule>[] = [
  { key: "id" },
  { key: "deployment_id" },
  { key: "workflow_id" },
  { key: "created_at" },
  { key: "next_occurrence", whole: true },
  { key: "since" },
  { key: "until" },
  { key: "stop_on_fail" },
  { key: "enabled" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
];

/** With all that a single one is asked about. */
export const FULL_SCHEDULE_COLUMNS: readonly Column<ExecutionSchedule>[] = [
  ...SCHEDULE_COLUMNS,
  { key: "slip", extended: true },
  { key: "parameters", extended: true },
  {
    key: "latest_execution_status",
    value: ({ latest_execution_status: status }) => (status === "terminated" ? "completed" : status),
    extended: true,
  },
  { key: "rule", extended: true },
  { key: "execution_arguments", extended: true },
  { key: "all_next_occurrences", extended: true },
];
