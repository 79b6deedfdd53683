import type { User } from "../../../api/access.ts";
import type { Column } from "../../output/column.ts";

/** Roles by tenant, as they come with the whole of a user. */
interface TenantRoles {
  direct?: Record<string, string>;
  groups?: Record<string, unknown>;
}

const rolesOf = ({ tenant_roles }: User): TenantRoles => (tenant_roles ?? {}) as TenantRoles;

const ACCOUNT: readonly Column<User>[] = [
  { key: "username", whole: true },
  { key: "groups" },
  { key: "system wide role", value: ({ role }) => role },
  { key: "system wide roles via groups", value: ({ group_system_roles }) => group_system_roles },
  { key: "active" },
  { key: "last_login_at" },
  { key: "is_locked" },
];

const USER_COLUMNS: readonly Column<User>[] = [...ACCOUNT, { key: "tenants" }];

const TENANTS_BY_ROLE: readonly Column<User>[] = [
  { key: "user_tenants", value: (user) => rolesOf(user).direct ?? {} },
  { key: "group_tenants", value: (user) => rolesOf(user).groups ?? {} },
];

const USER_DATA_COLUMNS: readonly Column<User>[] = [...ACCOUNT, ...TENANTS_BY_ROLE];

/** All that `--columns` may name, with `--get-data` and without. */
export const ANY_USER_COLUMNS: readonly Column<User>[] = [...USER_COLUMNS, ...TENANTS_BY_ROLE];

export const userColumns = (getData: boolean): readonly Column<User>[] => (getData ? USER_DATA_COLUMNS : USER_COLUMNS);
