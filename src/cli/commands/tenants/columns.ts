import type { Tenant } from "../../../api/access.ts";
import type { Column } from "../../output/column.ts";

/** Members by name, as they come with the whole of a tenant. */
interface MemberRoles {
  direct?: Record<string, string>;
  groups?: Record<string, unknown>;
}

const rolesIn = ({ user_roles }: Tenant): MemberRoles => (user_roles ?? {}) as MemberRoles;

const TENANT_COLUMNS: readonly Column<Tenant>[] = [{ key: "name" }, { key: "groups" }, { key: "users" }];

const MEMBERS: readonly Column<Tenant>[] = [
  { key: "direct users", value: (tenant) => rolesIn(tenant).direct ?? {} },
  { key: "group users", value: (tenant) => rolesIn(tenant).groups ?? {} },
];

const TENANT_DATA_COLUMNS: readonly Column<Tenant>[] = [{ key: "name" }, { key: "groups" }, ...MEMBERS];

/** All that `--columns` may name, with `--get-data` and without. */
export const ANY_TENANT_COLUMNS: readonly Column<Tenant>[] = [...TENANT_COLUMNS, ...MEMBERS];

export const tenantColumns = (getData: boolean): readonly Column<Tenant>[] =>
  getData ? TENANT_DATA_COLUMNS : TENANT_COLUMNS;
