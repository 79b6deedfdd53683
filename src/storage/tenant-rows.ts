import { sql } from "kysely";
import type { Change, Row, Table } from "./column.ts";
import type { ListShape } from "./list.ts";
import { type Db, rowsOf } from "./rows.ts";

/** Rows that a tenant owns, each known there by its key (`id`, or what the table calls it). */
export function tenantRows<T extends Table>(db: Db, table: T, shape: ListShape & { key?: string }) {
  const rows = rowsOf(db, table, shape);
  const key = sql.ref(`${table.name}.${shape.key ?? "id"}`);
  const tenantName = sql.ref(`${table.name}.tenant_name`);
  const visibility = sql.ref(`${table.name}.visibility`);
  const exactly = (tenant: string, id: string) => sql<boolean>`${tenantName} = ${tenant} and ${key} = ${id}`;

  return {
    list: rows.list,
    insert: rows.insert,
    insertMany: rows.insertMany,
    /** The tenant's own, or the global one of another tenant. Private ones too: who may see them is a rule. */
    async get(tenant: string, id: string, fields?: readonly string[]): Promise<Row<T> | undefined> {
      const [own] = await rows.find(exactly(tenant, id), fields);
      if (own) return own;
      const [shared] = await rows.find(sql<boolean>`${key} = ${id} and ${visibility} = 'global'`, fields);
      return shared;
    },
    /** The tenants in which something has this key. */
    async tenantsWith(id: string): Promise<{ tenant_name: string; visibility: string }[]> {
      const found = await rows.find(sql<boolean>`${key} = ${id}`, ["tenant_name", "visibility"]);
      return found as unknown as { tenant_name: string; visibility: string }[];
    },
    /** Changes the tenant's own row; false when there is none. */
    update: async (tenant: string, id: string, change: Change<T>) =>
      (await rows.update(exactly(tenant, id), change)) > 0,
    /** Deletes the tenant's own row and what belongs to it; false when there is none. */
    remove: async (tenant: string, id: string) => (await rows.remove(exactly(tenant, id))) > 0,
  };
}
