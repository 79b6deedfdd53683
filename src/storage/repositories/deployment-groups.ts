import type { Row } from "../column.ts";
import { type Db, inParts } from "../rows.ts";
import { deploymentGroups } from "../tables/deployments.ts";
import { tenantRows } from "../tenant-rows.ts";

export type DeploymentGroupRow = Row<typeof deploymentGroups>;

export const deploymentGroupRepository = (db: Db) => ({
  ...tenantRows(db, deploymentGroups, { order: "created_at", labels: "deployment_group_labels" }),

  async members(tenant: string, groupId: string): Promise<string[]> {
    const rows = await db
      .selectFrom("deployment_group_members")
      .select("deployment_id")
      .where("tenant_name", "=", tenant)
      .where("deployment_group_id", "=", groupId)
      .orderBy("deployment_id")
      .execute();
    return rows.map(({ deployment_id }) => deployment_id);
  },

  /** The groups of several deployments, by deployment id. */
  async of(tenant: string, deploymentIds: readonly string[]): Promise<Map<string, string[]>> {
    const groups = new Map<string, string[]>(deploymentIds.map((id) => [id, []]));
    for (const part of inParts(deploymentIds)) {
      const rows = await db
        .selectFrom("deployment_group_members")
        .select(["deployment_id", "deployment_group_id"])
        .where("tenant_name", "=", tenant)
        .where("deployment_id", "in", [...part])
        .orderBy("deployment_group_id")
        .execute();
      for (const { deployment_id, deployment_group_id } of rows) groups.get(deployment_id)?.push(deployment_group_id);
    }
    return groups;
  },

  /** Adds those that are no members yet. */
  async addMembers(tenant: string, groupId: string, deploymentIds: readonly string[]): Promise<void> {
    for (const part of inParts(deploymentIds, 3)) {
      await db
        .insertInto("deployment_group_members")
        .values(part.map((deployment_id) => ({ tenant_name: tenant, deployment_group_id: groupId, deployment_id })))
        .onConflict((conflict) => conflict.columns(["tenant_name", "deployment_group_id", "deployment_id"]).doNothing())
        .execute();
    }
  },

  async removeMembers(tenant: string, groupId: string, deploymentIds: readonly string[]): Promise<void> {
    for (const part of inParts(deploymentIds)) {
      await db
        .deleteFrom("deployment_group_members")
        .where("tenant_name", "=", tenant)
        .where("deployment_group_id", "=", groupId)
        .where("deployment_id", "in", [...part])
        .execute();
    }
  },
});
