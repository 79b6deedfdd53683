import type { Execution } from "../../../api/resources.ts";
import type { Column } from "../../output/column.ts";

/** The word people are shown: `completed` where the API says `terminated`. */
const status: Column<Execution> = { key: "status", priority: 3, value: ({ status_display }) => status_display };

/** Cut on a narrow terminal, where it would push out the status. */
const workflow: Column<Execution> = { key: "workflow_id", priority: 2, whole: false };

export const LIST_COLUMNS: readonly Column<Execution>[] = [
  { key: "id" },
  workflow,
  status,
  { key: "is_dry_run" },
  { key: "deployment_id", priority: 1 },
  { key: "created_at" },
  { key: "started_at" },
  { key: "scheduled_for" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
];

/** The fields that a list needs, and no others: a parameter may be large. */
export const LIST_FIELDS = LIST_COLUMNS.map(({ key }) => (key === "status" ? "status_display" : key));

export const EXECUTION_COLUMNS: readonly Column<Execution>[] = [
  { key: "id" },
  workflow,
  status,
  { key: "is_dry_run" },
  { key: "deployment_id", priority: 1 },
  { key: "blueprint_id" },
  { key: "created_at" },
  { key: "ended_at" },
  { key: "error" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
  { key: "started_at" },
  { key: "scheduled_for" },
];
