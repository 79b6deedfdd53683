import type { ExecutionGroup } from "../../../../api/groups.ts";
import type { Column } from "../../../output/column.ts";

export const EXECUTION_GROUP_COLUMNS: readonly Column<ExecutionGroup>[] = [
  { key: "id" },
  { key: "workflow_id" },
  { key: "deployment_group_id" },
  { key: "status", extended: true },
  { key: "concurrency", extended: true },
  { key: "created_at", extended: true },
  { key: "execution_ids", extended: true },
];
