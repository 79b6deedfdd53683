import { defaulted, flag, integer, nullable, sequence, table, text } from "../column.ts";

export const tenants = table("tenants", { storage_id: sequence, name: text, created_at: text });

export const users = table("users", {
  storage_id: sequence,
  username: text,
  password_hash: text,
  role: text,
  active: defaulted(flag),
  show_getting_started: defaulted(flag),
  created_at: text,
  first_login_at: nullable(text),
  last_login_at: nullable(text),
  failed_logins: defaulted(integer),
  last_failed_login_at: nullable(text),
});

export const userGroups = table("user_groups", {
  storage_id: sequence,
  name: text,
  ldap_dn: nullable(text),
  role: text,
});

export const userGroupMembers = table("user_group_members", { group_name: text, username: text });

/** The roles that a user has in a tenant by name; roles through groups stand in `tenantGroups`. */
export const tenantUsers = table("tenant_users", { tenant_name: text, username: text, role: text });

export const tenantGroups = table("tenant_groups", { tenant_name: text, group_name: text, role: text });

export const rolePermissions = table("role_permissions", { role: text, permission: text });

export const tokens = table("tokens", {
  storage_id: sequence,
  id: text,
  username: text,
  secret_hash: text,
  description: nullable(text),
  created_at: text,
  expiration_date: nullable(text),
  last_used: nullable(text),
});
