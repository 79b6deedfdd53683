import { sql } from "kysely";
import type { Change, NewRow, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { nodes } from "../tables/nodes.ts";

export type NodeRow = Row<typeof nodes>;
export type NewNode = NewRow<typeof nodes>;

const of = (tenant: string, deploymentId: string) =>
  sql<boolean>`nodes.tenant_name = ${tenant} and nodes.deployment_id = ${deploymentId}`;

export const nodeRepository = (db: Db) => {
  const rows = rowsOf(db, nodes, { order: "storage_id" });
  const exactly = (tenant: string, deploymentId: string, id: string) =>
    sql<boolean>`${of(tenant, deploymentId)} and nodes.id = ${id}`;
  return {
    list: rows.list,
    insertMany: rows.insertMany,
    ofDeployment: (tenant: string, deploymentId: string, fields?: readonly string[]): Promise<NodeRow[]> =>
      rows.find(sql<boolean>`${of(tenant, deploymentId)} order by nodes.storage_id`, fields),
    async get(tenant: string, deploymentId: string, id: string): Promise<NodeRow | undefined> {
      const [row] = await rows.find(exactly(tenant, deploymentId, id));
      return row;
    },
    update: async (tenant: string, deploymentId: string, id: string, change: Change<typeof nodes>): Promise<boolean> =>
      (await rows.update(exactly(tenant, deploymentId, id), change)) > 0,
    updateAll: (tenant: string, deploymentId: string, change: Change<typeof nodes>): Promise<number> =>
      rows.update(of(tenant, deploymentId), change),
    /** Takes the node's instances along. */
    remove: async (tenant: string, deploymentId: string, id: string): Promise<boolean> =>
      (await rows.remove(exactly(tenant, deploymentId, id))) > 0,
  };
};
