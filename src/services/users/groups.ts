import type { UserGroup } from "../../api/access.ts";
import type { Page } from "../../api/paging.ts";
import type { Repositories, UnitOfWork, UserGroupRow } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found, notFound, Refusal } from "../refusal.ts";
import { validateSystemRole } from "./users.ts";

const GROUP_FIELDS = ["name", "ldap_dn", "role", "tenants", "users"] as const satisfies (keyof UserGroup)[];

export function listUserGroups(read: Repositories, who: Identity, query: RawQuery): Promise<Page<Partial<UserGroup>>> {
  authorize(who, "user_group_list");
  const data = flag(query, "_get_data");
  return listResources(read, who, query, {
    fields: GROUP_FIELDS,
    computed: ["tenants", "users"],
    searchIn: ["name"],
    rows: read.userGroups.list,
    view: (rows) => Promise.all(rows.map((row) => groupView(read, row, data))),
  });
}

export async function getUserGroup(read: Repositories, who: Identity, name: string, query: RawQuery) {
  authorize(who, "user_group_get");
  return groupView(read, await group(read, name), flag(query, "_get_data"));
}

/** @throws conflict_error when the name is taken */
export async function createUserGroup(
  tx: UnitOfWork,
  who: Identity,
  { name, ldapDn, role }: { name: string; ldapDn: string | undefined; role: string },
): Promise<UserGroup> {
  authorize(who, "user_group_create");
  validateIdentifier("group_name", name);
  validateSystemRole(role);
  if (await tx.userGroups.get(name)) throw new Refusal("conflict_error", `<Group name=\`${name}\`> already exists`);
  await tx.userGroups.insert({ name, ldap_dn: ldapDn ?? null, role });
  return changed(tx, who, name, "create");
}

export async function setGroupRole(tx: UnitOfWork, who: Identity, name: string, role: string): Promise<UserGroup> {
  authorize(who, "user_group_update");
  validateSystemRole(role);
  await group(tx, name);
  await tx.userGroups.update(name, { role });
  return changed(tx, who, name, "update");
}

export async function deleteUserGroup(tx: UnitOfWork, who: Identity, name: string): Promise<void> {
  authorize(who, "user_group_delete");
  await group(tx, name);
  await tx.userGroups.remove(name);
  await recordChange(tx, who, "groups", name, "delete");
}

/** @throws conflict_error when the user is in it already */
export async function addToGroup(tx: UnitOfWork, who: Identity, name: string, username: string): Promise<UserGroup> {
  authorize(who, "user_group_update");
  await group(tx, name);
  found(await tx.users.get(username), "User", username);
  if ((await tx.userGroups.members(name)).includes(username)) {
    throw new Refusal("conflict_error", `User ${username} is already in the group ${name}`);
  }
  await tx.userGroups.addMember(name, username);
  return changed(tx, who, name, "update");
}

export async function removeFromGroup(tx: UnitOfWork, who: Identity, name: string, username: string): Promise<void> {
  authorize(who, "user_group_update");
  await group(tx, name);
  if (!(await tx.userGroups.removeMember(name, username))) throw notFound("User", username, { group: name });
  await recordChange(tx, who, "groups", name, "update");
}

const group = async (read: Repositories, name: string): Promise<UserGroupRow> =>
  found(await read.userGroups.get(name), "Group", name);

async function changed(tx: UnitOfWork, who: Identity, name: string, how: "create" | "update"): Promise<UserGroup> {
  await recordChange(tx, who, "groups", name, how);
  return groupView(tx, await group(tx, name), false);
}

async function groupView(read: Repositories, row: UserGroupRow, data: boolean): Promise<UserGroup> {
  const [members, tenants] = await Promise.all([read.userGroups.members(row.name), read.userGroups.tenants(row.name)]);
  return {
    name: row.name,
    ldap_dn: row.ldap_dn,
    role: row.role,
    tenants: data ? Object.fromEntries(tenants.map(({ tenant_name, role }) => [tenant_name, role])) : tenants.length,
    users: data ? members : members.length,
  };
}
