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
    /** Ids of the deployments made from a blueprint, with their tenants. */
    ofBlueprint: (blueprintTenant: string, blueprintId: string) =>
      db
        .selectFrom("deployments")
        .select(["tenant_name", "id"])
        .where("blueprint_tenant_name", "=", blueprintTenant)
        .where("blueprint_id", "=", blueprintId)
        .execute(),
    /** Those with this label, oldest first. */
    withLabel: (tenant: string, key: string, value: string): Promise<DeploymentRow[]> =>
      rows.find(sql<boolean>`tenant_name = ${tenant} and id in (select resource_id from deployment_labels as label
        where label.tenant_name = ${tenant} and label.key = ${key} and label.value = ${value})`),
    /** Follows a site to its new name; null takes the deployments off the site. */
    async moveSite(tenant: string, from: string, to: string | null): Promise<void> {
      await rows.update(sql<boolean>`tenant_name = ${tenant} and site_name = ${from}`, { site_name: to });
    },
  };
};
