import type { ExecutionGroup } from "../../api/groups.ts";
import type { ExecutionGroupRow, Repositories } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";
import { groupStatus } from "./status.ts";

/** In the order of the wire. */
export const EXECUTION_GROUP_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "workflow_id",
  "concurrency",
  "deployment_group_id",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "execution_ids",
  "status",
] as const satisfies (keyof ExecutionGroup)[];

const bareView = (row: ExecutionGroupRow): ExecutionGroup => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  workflow_id: row.workflow_id,
  concurrency: row.concurrency,
  deployment_group_id: row.deployment_group_id,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});

/** With `members` they tell their executions and what those make of the group. */
export async function executionGroupViews(
  read: Repositories,
  rows: readonly ExecutionGroupRow[],
  { members }: { members: boolean },
): Promise<ExecutionGroup[]> {
  if (!members) return rows.map(bareView);
  const all = await read.executionGroups.members(rows.map(({ id }) => id));
  return rows.map((row) => {
    const own = all.filter(({ execution_group_id }) => execution_group_id === row.id);
    const status = groupStatus(own.map((member) => member.status));
    return { ...bareView(row), execution_ids: own.map(({ id }) => id), ...(status === null ? {} : { status }) };
  });
}
