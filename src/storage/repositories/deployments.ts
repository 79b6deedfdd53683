import { sql } from "kysely";
import type { Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { deployments } from "../tables/deployments.ts";
import { tenantRows } from "../tenant-rows.ts";

export type DeploymentRow = Row<typeof deployments>;

export const deploymentRepository = (db: Db) => {
  const shape = {
    order: "created_at",
    labels: "deployment_labels",
    groups: {
      table: "deployment_group_members",
      group: "deployment_group_id",
      member: "deployment_id",
      tenant: "tenant_name",
    },
  };
  const rows = rowsOf(db, deployments, shape);
  return {
    ...tenantRows(db, deployments, shape),
    /** Those of a tenant that exist. */
    async named(tenant: string, ids: readonly string[], fields?: readonly string[]): Promise<DeploymentRow[]> {
      if (ids.length === 0) return [];
      return rows.find(sql<boolean>`tenant_name = ${tenant} and id in (${sql.join([...ids])})`, fields);
    },
    /** Ids of the deployments made from a blueprint, with their tenants. */
    ofBlueprint: (blueprintTenant: string, blueprintId: string) =>
      db
        .selectFrom("deployments")
        .select(["tenant_name", "id"])
        .where("blueprint_tenant_name", "=", blueprintTenant)
        .where("blueprint_id", "=", blueprintId)
        .execute(),
    /** Follows a site to its new name; null takes the deployments off the site. */
    async moveSite(tenant: string, from: string, to: string | null): Promise<void> {
      await rows.update(sql<boolean>`tenant_name = ${tenant} and site_name = ${from}`, { site_name: to });
    },
  };
};
