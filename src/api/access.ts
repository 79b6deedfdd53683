/** Who may do what: users, their groups, tenants, tokens, permissions. */

export interface User {
  username: string;
  /** A count, or with `_get_data` the roles by tenant. */
  tenants: number | Record<string, unknown>;
  tenant_roles: Record<string, unknown> | null;
  groups: number | string[];
  role: string;
  group_system_roles: Record<string, string[]>;
  active: boolean;
  created_at: string;
  first_login_at: string | null;
  last_login_at: string | null;
  is_locked: boolean;
  show_getting_started: boolean;
  password_hash: string | null;
}

export interface UserGroup {
  name: string;
  ldap_dn: string | null;
  role: string;
  tenants: number | Record<string, unknown>;
  users: number | string[];
}

export interface Tenant {
  name: string;
  /** Counts, or with `_get_data` roles by name. */
  groups: number | Record<string, unknown>;
  users: number | Record<string, unknown>;
  user_roles: Record<string, unknown> | null;
}

export interface Token {
  id: string;
  username: string;
  /** Whole only in the answer that creates it; masked ever after. */
  value: string;
  role: string;
  expiration_date: string | null;
  last_used: string | null;
  description: string | null;
}

export interface Permission {
  role: string;
  permission: string;
}
