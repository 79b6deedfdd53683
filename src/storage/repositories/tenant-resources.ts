import { sql } from "kysely";
import type { Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { filters, secrets, sites } from "../tables/tenant-resources.ts";
import { tenantRows } from "../tenant-rows.ts";

export type SecretRow = Row<typeof secrets>;
export type SiteRow = Row<typeof sites>;
export type FilterRow = Row<typeof filters>;

export const secretRepository = (db: Db) => tenantRows(db, secrets, { order: "created_at", key: "key" });

export const siteRepository = (db: Db) => tenantRows(db, sites, { order: "created_at", key: "name" });

/** Filters of blueprints and of deployments have names of their own each. */
export const filterRepository = (db: Db, resource: FilterRow["filtered_resource"]) => {
  const rows = rowsOf(db, filters, { order: "created_at" });
  const exactly = (tenant: string, id: string) =>
    sql<boolean>`filters.tenant_name = ${tenant} and filters.filtered_resource = ${resource} and filters.id = ${id}`;
  return {
    insert: rows.insert,
    list: (request: Parameters<typeof rows.list>[0]) =>
      rows.list({ ...request, filters: { ...request.filters, filtered_resource: [resource] } }),
    async get(tenant: string, id: string): Promise<FilterRow | undefined> {
      const shared = sql<boolean>`filters.filtered_resource = ${resource} and filters.id = ${id}
        and filters.visibility = 'global'`;
      return (await rows.find(exactly(tenant, id)))[0] ?? (await rows.find(shared))[0];
    },
    update: async (tenant: string, id: string, change: Parameters<typeof rows.update>[1]) =>
      (await rows.update(exactly(tenant, id), change)) > 0,
    remove: async (tenant: string, id: string) => (await rows.remove(exactly(tenant, id))) > 0,
  };
};
