import { sql } from "kysely";
import type { Change, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { userGroups, users } from "../tables/identity.ts";

export type UserRow = Row<typeof users>;
export type UserGroupRow = Row<typeof userGroups>;

export interface TenantRole {
  tenant_name: string;
  role: string;
  /** The group that brings the role; null when the user has it by name. */
  group_name: string | null;
}

export const userRepository = (db: Db) => {
  const rows = rowsOf(db, users, { order: "storage_id", scoped: false });
  const named = (username: string) => sql<boolean>`users.username = ${username}`;
  return {
    list: rows.list,
    insert: rows.insert,
    async get(username: string): Promise<UserRow | undefined> {
      const [row] = await rows.find(named(username));
      return row;
    },
    update: async (username: string, change: Change<typeof users>) => (await rows.update(named(username), change)) > 0,
    remove: async (username: string) => (await rows.remove(named(username))) > 0,
    /** The user's roles in all tenants, by name and through groups. */
    async tenantRoles(username: string): Promise<TenantRole[]> {
      const direct = await db
        .selectFrom("tenant_users")
        .select(["tenant_name", "role"])
        .where("username", "=", username)
        .execute();
      const throughGroups = await db
        .selectFrom("tenant_groups")
        .innerJoin("user_group_members", "user_group_members.group_name", "tenant_groups.group_name")
        .select(["tenant_groups.tenant_name", "tenant_groups.role", "tenant_groups.group_name"])
        .where("user_group_members.username", "=", username)
        .execute();
      return [...direct.map((role) => ({ ...role, group_name: null })), ...throughGroups];
    },
    groups: (username: string) =>
      db
        .selectFrom("user_groups")
        .innerJoin("user_group_members", "user_group_members.group_name", "user_groups.name")
        .select(["user_groups.name", "user_groups.role"])
        .where("user_group_members.username", "=", username)
        .execute(),
  };
};

export const userGroupRepository = (db: Db) => {
  const rows = rowsOf(db, userGroups, { order: "storage_id", scoped: false });
  const named = (name: string) => sql<boolean>`user_groups.name = ${name}`;
  return {
    list: rows.list,
    insert: rows.insert,
    async get(name: string): Promise<UserGroupRow | undefined> {
      const [row] = await rows.find(named(name));
      return row;
    },
    update: async (name: string, change: Change<typeof userGroups>) => (await rows.update(named(name), change)) > 0,
    remove: async (name: string) => (await rows.remove(named(name))) > 0,
    members: async (name: string): Promise<string[]> =>
      (await db.selectFrom("user_group_members").select("username").where("group_name", "=", name).execute()).map(
        ({ username }) => username,
      ),
    tenants: (name: string) =>
      db.selectFrom("tenant_groups").select(["tenant_name", "role"]).where("group_name", "=", name).execute(),
    addMember: (name: string, username: string) =>
      db.insertInto("user_group_members").values({ group_name: name, username }).execute(),
    async removeMember(name: string, username: string): Promise<boolean> {
      const removed = await db
        .deleteFrom("user_group_members")
        .where("group_name", "=", name)
        .where("username", "=", username)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
  };
};
