import type { User } from "../../api/access.ts";
import type { ConfigRow, Repositories, TenantRole, UserRow } from "../../storage/index.ts";

export const USER_FIELDS = [
  "username",
  "tenants",
  "tenant_roles",
  "groups",
  "role",
  "group_system_roles",
  "active",
  "created_at",
  "first_login_at",
  "last_login_at",
  "is_locked",
  "show_getting_started",
  "password_hash",
] as const satisfies (keyof User)[];

export interface UserDetails {
  /** Roles and groups by name in place of how many there are. */
  data: boolean;
  hash?: boolean;
}

export async function userView(read: Repositories, row: UserRow, { data, hash = false }: UserDetails): Promise<User> {
  const [roles, groups, lock] = await Promise.all([
    read.users.tenantRoles(row.username),
    read.users.groups(row.username),
    lockRules(read),
  ]);
  const tenants = [...new Set(roles.map(({ tenant_name }) => tenant_name))];
  return {
    username: row.username,
    tenants: data ? Object.fromEntries(tenants.map((tenant) => [tenant, rolesIn(roles, tenant)])) : tenants.length,
    tenant_roles: data ? tenantRoles(roles) : null,
    groups: data ? groups.map(({ name }) => name) : groups.length,
    role: row.role,
    group_system_roles: groupSystemRoles(groups),
    active: row.active,
    created_at: row.created_at,
    first_login_at: row.first_login_at,
    last_login_at: row.last_login_at,
    is_locked: isLocked(row, lock, new Date().toISOString()),
    show_getting_started: row.show_getting_started,
    password_hash: hash ? row.password_hash : null,
  };
}

/** The role that a tenant gives by name, and all that one has there. */
function rolesIn(roles: readonly TenantRole[], tenant: string) {
  const here = roles.filter(({ tenant_name }) => tenant_name === tenant);
  const direct = here.find(({ group_name }) => group_name === null)?.role ?? null;
  return { "tenant-role": direct, roles: [...new Set(here.map(({ role }) => role))] };
}

function tenantRoles(roles: readonly TenantRole[]) {
  const direct: Record<string, string> = {};
  const groups: Record<string, Record<string, string>> = {};
  for (const { tenant_name, role, group_name } of roles) {
    if (group_name === null) direct[tenant_name] = role;
    else groups[group_name] = { ...groups[group_name], [tenant_name]: role };
  }
  return { direct, groups };
}

function groupSystemRoles(groups: readonly { name: string; role: string }[]): Record<string, string[]> {
  const byRole: Record<string, string[]> = {};
  for (const { name, role } of groups) byRole[role] = [...(byRole[role] ?? []), name];
  return byRole;
}

export interface LockRules {
  /** Wrong passwords in a row that lock an account. */
  failures: number;
  /** Minutes; below 0, no account is ever locked. */
  period: number;
}

export async function lockRules(read: Repositories): Promise<LockRules> {
  const number = ([item]: ConfigRow[], absent: number) => (typeof item?.value === "number" ? item.value : absent);
  return {
    failures: number(await read.config.named("failed_logins_before_account_lock"), 4),
    period: number(await read.config.named("account_lock_period"), -1),
  };
}

export function isLocked(user: UserRow, { failures, period }: LockRules, now: string): boolean {
  if (period < 0 || user.failed_logins < failures || user.last_failed_login_at === null) return false;
  return Date.parse(now) - Date.parse(user.last_failed_login_at) < period * 60_000;
}
