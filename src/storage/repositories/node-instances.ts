import { sql } from "kysely";
import type { Change, NewRow, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { nodeInstances } from "../tables/nodes.ts";

export type NodeInstanceRow = Row<typeof nodeInstances>;
export type NewNodeInstance = NewRow<typeof nodeInstances>;

const of = (tenant: string, deploymentId: string) =>
  sql<boolean>`node_instances.tenant_name = ${tenant} and node_instances.deployment_id = ${deploymentId}`;

export const nodeInstanceRepository = (db: Db) => {
  const rows = rowsOf(db, nodeInstances, { order: "storage_id" });
  const exactly = (tenant: string, id: string) =>
    sql<boolean>`node_instances.tenant_name = ${tenant} and node_instances.id = ${id}`;
  return {
    list: rows.list,
    insertMany: rows.insertMany,
    ofDeployment: (tenant: string, deploymentId: string): Promise<NodeInstanceRow[]> =>
      rows.find(sql<boolean>`${of(tenant, deploymentId)} order by node_instances.storage_id`),
    async get(tenant: string, id: string): Promise<NodeInstanceRow | undefined> {
      const [row] = await rows.find(exactly(tenant, id));
      return row;
    },
    /** Changes what is no part of their state: their versions stay. */
    updateAll: (tenant: string, deploymentId: string, change: Pick<NewNodeInstance, "visibility">): Promise<number> =>
      rows.update(of(tenant, deploymentId), change),
    /**
     * Changes the instance and counts its version up, if the version is still the one that the writer saw (or an
     * older one than it saw). False when somebody was faster, or the instance is gone.
     */
    async update(
      tenant: string,
      id: string,
      seen: number | "any",
      change: Omit<Change<typeof nodeInstances>, "version">,
    ): Promise<boolean> {
      const unchanged = seen === "any" ? sql<boolean>`1 = 1` : sql<boolean>`node_instances.version <= ${seen}`;
      const changed = await rows.update(sql<boolean>`${exactly(tenant, id)} and ${unchanged}`, change);
      if (changed === 0) return false;
      await sql`update node_instances set version = version + 1 where tenant_name = ${tenant} and id = ${id}`.execute(
        db,
      );
      return true;
    },
    /** Sets the state of many at once, whatever their versions. */
    async setState(tenant: string, ids: readonly string[], state: NodeInstanceRow["state"]): Promise<void> {
      if (ids.length === 0) return;
      await sql`update node_instances set state = ${state}, version = version + 1
        where tenant_name = ${tenant} and id in (${sql.join([...ids])})`.execute(db);
    },
    /** How many instances of the deployment are in each state. */
    async countByState(tenant: string, deploymentId: string): Promise<Map<NodeInstanceRow["state"], number>> {
      const counted = await db
        .selectFrom("node_instances")
        .select(["state", (eb) => eb.fn.countAll<number>().as("instances")])
        .where("tenant_name", "=", tenant)
        .where("deployment_id", "=", deploymentId)
        .groupBy("state")
        .execute();
      return new Map(counted.map(({ state, instances }) => [state, Number(instances)]));
    },
    remove: async (tenant: string, id: string): Promise<boolean> => (await rows.remove(exactly(tenant, id))) > 0,
  };
};
