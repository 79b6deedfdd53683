import type { Tenant } from "../../api/access.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import type { Repositories, TenantRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { DEFAULT_TENANT } from "../bootstrap/ensure-defaults.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { TENANT_ROLES } from "../identity/permissions.ts";
import { flag, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { badParameters, found, notFound, Refusal } from "../refusal.ts";

/** A tenant has no message broker here: its credentials are null, as they are to whoever may not see them. */
const NO_BROKER = { rabbitmq_username: null, rabbitmq_password: null, rabbitmq_vhost: null };
const TENANT_FIELDS = ["name", "groups", "users", "user_roles", ...Object.keys(NO_BROKER)];

/** Those in which the caller has a role; all, for who may see all. */
export function listTenants(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "tenant_list");
  const data = flag(query, "_get_data");
  const own = who.permissions.has("all_tenants") ? {} : { only: { name: who.tenants } };
  return listResources(read, who, query, {
    fields: TENANT_FIELDS,
    computed: TENANT_FIELDS.filter((field) => field !== "name"),
    searchIn: ["name"],
    ...own,
    rows: read.tenants.list,
    view: (rows) => Promise.all(rows.map((row) => tenantView(read, row, data))),
  });
}

/** A tenant that the caller has nothing to do with is as good as unknown. */
export async function getTenant(read: Repositories, who: Identity, name: string, query: RawQuery) {
  const row = await read.tenants.get(name);
  if (!row || !(who.permissions.has("all_tenants") || who.tenants.includes(name))) {
    throw new Refusal(
      "forbidden_error",
      `Authorization failed: Tried to authenticate with invalid tenant name: ${name}`,
    );
  }
  authorize(who, "tenant_get");
  return tenantView(read, row, flag(query, "_get_data"));
}

/** @throws conflict_error when the name is taken */
export async function createTenant(tx: UnitOfWork, who: Identity, name: string) {
  authorize(who, "tenant_create");
  validateIdentifier("tenant_name", name);
  if (await tx.tenants.get(name)) throw new Refusal("conflict_error", `<Tenant name=\`${name}\`> already exists`);
  await tx.tenants.insert({ name, created_at: tx.now() });
  return changed(tx, who, name, "create");
}

/** @throws illegal_action_error for the default tenant; conflict_error while it owns anything */
export async function deleteTenant(tx: UnitOfWork, who: Identity, name: string): Promise<void> {
  authorize(who, "tenant_delete");
  found(await tx.tenants.get(name), "Tenant", name);
  if (name === DEFAULT_TENANT) throw new Refusal("illegal_action_error", `The tenant ${name} cannot be deleted`);
  const owned = await whatItOwns(tx, name);
  if (owned.length > 0) {
    throw new Refusal(
      "conflict_error",
      `Cannot delete tenant ${name}: it still has ${owned.join(", ")}. Delete them first`,
    );
  }
  await tx.tenants.remove(name);
  await recordChange(tx, who, "tenants", name, "delete");
}

export type TenantMember = { username: string } | { groupName: string };

/** Gives a user or a group a role in a tenant: a first one with `isNew`, else another. */
export async function setTenantRole(
  tx: UnitOfWork,
  who: Identity,
  tenant: string,
  member: TenantMember,
  { role, isNew }: { role: string; isNew: boolean },
) {
  authorize(who, isNew ? "tenant_add_user" : "tenant_update_user");
  if (!(TENANT_ROLES as readonly string[]).includes(role)) {
    throw badParameters(`Invalid role: \`${role}\`. Valid tenant roles are: ${pythonRepr([...TENANT_ROLES])}`);
  }
  const present = await roleOf(tx, tenant, member);
  if (isNew && present !== undefined) {
    throw new Refusal("conflict_error", `${nameOf(member)} is already associated with the tenant ${tenant}`);
  }
  if (!isNew && present === undefined) throw notAssociated(tenant, member);
  if ("username" in member) await tx.tenants.setUserRole(tenant, member.username, role);
  else await tx.tenants.setGroupRole(tenant, member.groupName, role);
  return changed(tx, who, tenant, "update");
}

export async function removeFromTenant(tx: UnitOfWork, who: Identity, tenant: string, member: TenantMember) {
  authorize(who, "tenant_remove_user");
  if ((await roleOf(tx, tenant, member)) === undefined) throw notAssociated(tenant, member);
  if ("username" in member) await tx.tenants.setUserRole(tenant, member.username, null);
  else await tx.tenants.setGroupRole(tenant, member.groupName, null);
  await recordChange(tx, who, "tenants", tenant, "update");
}

async function roleOf(tx: UnitOfWork, tenant: string, member: TenantMember): Promise<string | undefined> {
  found(await tx.tenants.get(tenant), "Tenant", tenant);
  if ("username" in member) {
    found(await tx.users.get(member.username), "User", member.username);
    return (await tx.tenants.users(tenant)).find(({ username }) => username === member.username)?.role;
  }
  found(await tx.userGroups.get(member.groupName), "Group", member.groupName);
  return (await tx.tenants.groups(tenant)).find(({ group_name }) => group_name === member.groupName)?.role;
}

const nameOf = (member: TenantMember): string =>
  "username" in member ? `User ${member.username}` : `Group ${member.groupName}`;

const notAssociated = (tenant: string, member: TenantMember): Refusal =>
  "username" in member
    ? notFound("User", member.username, { tenant })
    : notFound("Group", member.groupName, { tenant });

async function whatItOwns(tx: UnitOfWork, tenant: string): Promise<string[]> {
  const request = {
    scope: { tenants: [tenant], privateOf: "everyone" as const },
    filters: { tenant_name: [tenant] },
    size: 0,
  };
  const counts = {
    blueprints: (await tx.blueprints.list(request)).total,
    deployments: (await tx.deployments.list(request)).total,
    plugins: (await tx.plugins.list(request)).total,
    secrets: (await tx.secrets.list(request)).total,
    sites: (await tx.sites.list(request)).total,
  };
  return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

async function changed(tx: UnitOfWork, who: Identity, name: string, how: "create" | "update") {
  await recordChange(tx, who, "tenants", name, how);
  return tenantView(tx, found(await tx.tenants.get(name), "Tenant", name), false);
}

async function tenantView(read: Repositories, { name }: TenantRow, data: boolean): Promise<Tenant & typeof NO_BROKER> {
  const [users, groups] = await Promise.all([read.tenants.users(name), read.tenants.groups(name)]);
  if (!data) return { name, groups: groups.length, users: users.length, user_roles: null, ...NO_BROKER };
  const direct = Object.fromEntries(users.map(({ username, role }) => [username, role]));
  return {
    name,
    groups: Object.fromEntries(groups.map(({ group_name, role }) => [group_name, role])),
    users: Object.fromEntries(users.map(({ username, role }) => [username, { "tenant-role": role, roles: [role] }])),
    user_roles: { direct, groups: await rolesThroughGroups(read, groups) },
    ...NO_BROKER,
  };
}

async function rolesThroughGroups(read: Repositories, groups: readonly { group_name: string; role: string }[]) {
  const roles: Record<string, Record<string, string>> = {};
  for (const { group_name, role } of groups) {
    const members = await read.userGroups.members(group_name);
    roles[group_name] = Object.fromEntries(members.map((username) => [username, role]));
  }
  return roles;
}
