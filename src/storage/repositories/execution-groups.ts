import { sql } from "kysely";
import type { ExecutionStatus } from "../../api/statuses.ts";
import type { Row } from "../column.ts";
import { type Db, inParts } from "../rows.ts";
import { executionGroups } from "../tables/executions.ts";
import { tenantRows } from "../tenant-rows.ts";

export type ExecutionGroupRow = Row<typeof executionGroups>;

export interface GroupMember {
  execution_group_id: string;
  id: string;
  status: ExecutionStatus;
}

export const executionGroupRepository = (db: Db) => ({
  ...tenantRows(db, executionGroups, { order: "created_at" }),

  async addMembers(groupId: string, executionIds: readonly string[]): Promise<void> {
    for (const part of inParts(executionIds, 2)) {
      await db
        .insertInto("execution_group_members")
        .values(part.map((execution_id) => ({ execution_group_id: groupId, execution_id })))
        .execute();
    }
  },

  /** The executions of these groups, oldest first. */
  async members(groupIds: readonly string[]): Promise<GroupMember[]> {
    if (groupIds.length === 0) return [];
    return db
      .selectFrom("execution_group_members")
      .innerJoin("executions", "executions.id", "execution_group_members.execution_id")
      .select(["execution_group_members.execution_group_id", "executions.id", "executions.status"])
      .where("execution_group_members.execution_group_id", "in", [...groupIds])
      .orderBy("executions.storage_id")
      .execute();
  },

  /** They stay when the deployments that they were started on are a group no more. */
  async forgetDeploymentGroup(tenant: string, deploymentGroupId: string): Promise<void> {
    await db
      .updateTable("execution_groups")
      .set({ deployment_group_id: null })
      .where("tenant_name", "=", tenant)
      .where("deployment_group_id", "=", deploymentGroupId)
      .execute();
  },

  /** The groups that an execution belongs to. */
  async ofExecution(executionId: string): Promise<ExecutionGroupRow[]> {
    const { rows } = await sql<ExecutionGroupRow>`select execution_groups.* from execution_groups
      join execution_group_members as member on member.execution_group_id = execution_groups.id
      where member.execution_id = ${executionId} order by execution_groups.storage_id`.execute(db);
    return rows;
  },
});
