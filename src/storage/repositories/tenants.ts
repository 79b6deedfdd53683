import { sql } from "kysely";
import type { Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { tenants } from "../tables/identity.ts";

export type TenantRow = Row<typeof tenants>;

export const tenantRepository = (db: Db) => {
  const rows = rowsOf(db, tenants, { order: "storage_id", scoped: false });
  return {
    list: rows.list,
    insert: rows.insert,
    async get(name: string): Promise<TenantRow | undefined> {
      const [row] = await rows.find(sql<boolean>`tenants.name = ${name}`);
      return row;
    },
    /** Takes along all that the tenant owns. */
    remove: async (name: string): Promise<boolean> => (await rows.remove(sql<boolean>`tenants.name = ${name}`)) > 0,
    names: async (): Promise<string[]> =>
      (await db.selectFrom("tenants").select("name").orderBy("name").execute()).map(({ name }) => name),
    users: (name: string) =>
      db.selectFrom("tenant_users").select(["username", "role"]).where("tenant_name", "=", name).execute(),
    groups: (name: string) =>
      db.selectFrom("tenant_groups").select(["group_name", "role"]).where("tenant_name", "=", name).execute(),
    async setUserRole(name: string, username: string, role: string | null): Promise<void> {
      await db.deleteFrom("tenant_users").where("tenant_name", "=", name).where("username", "=", username).execute();
      if (role !== null) await db.insertInto("tenant_users").values({ tenant_name: name, username, role }).execute();
    },
    async setGroupRole(name: string, group: string, role: string | null): Promise<void> {
      await db.deleteFrom("tenant_groups").where("tenant_name", "=", name).where("group_name", "=", group).execute();
      if (role !== null) {
        await db.insertInto("tenant_groups").values({ tenant_name: name, group_name: group, role }).execute();
      }
    },
  };
};
