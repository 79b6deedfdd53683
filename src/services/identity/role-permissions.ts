import type { Permission as RolePermission } from "../../api/access.ts";
import type { Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { parseListQuery } from "../queries/list-query.ts";
import { pageSize } from "../queries/list-resources.ts";
import { found, notFound, Refusal } from "../refusal.ts";
import { type Identity, isAdmin } from "./identity.ts";
import { PERMISSIONS_OF_ROLE, type Permission } from "./permissions.ts";

/** What administrators changed: permissions that come with a new release reach every role that was left as it is. */
interface RoleChanges {
  added: Record<string, string[]>;
  removed: Record<string, string[]>;
}

const SETTING = "role_permissions";

const changesIn = async (read: Repositories): Promise<RoleChanges> =>
  ((await read.settings.get(SETTING)) as unknown as RoleChanges | undefined) ?? { added: {}, removed: {} };

/** The union of what several roles may do, as it is set now. */
export async function grantedTo(read: Repositories, roles: Iterable<string>): Promise<ReadonlySet<Permission>> {
  const changes = await changesIn(read);
  return new Set([...roles].flatMap((role) => permissionsIn(changes, role)) as Permission[]);
}

function permissionsIn({ added, removed }: RoleChanges, role: string): string[] {
  const taken = new Set(removed[role]);
  return [...(PERMISSIONS_OF_ROLE[role] ?? []), ...(added[role] ?? [])].filter((permission) => !taken.has(permission));
}

/** Of one role, or of all. @throws not_found_error for an unknown role */
export async function listPermissions(read: Repositories, who: Identity, query: RawQuery, role?: string) {
  authorizeAdmin(who);
  if (role !== undefined) mustBeRole(role);
  const { size, offset } = parseListQuery(query, { fields: [], defaultSize: await pageSize(read) });
  const changes = await changesIn(read);
  const all = (role === undefined ? Object.keys(PERMISSIONS_OF_ROLE) : [role]).flatMap((name) =>
    permissionsIn(changes, name).map((permission): RolePermission => ({ role: name, permission })),
  );
  return {
    metadata: { pagination: { total: all.length, size, offset }, filtered: null },
    items: all.slice(offset, offset + size),
  };
}

/** Gives a role a permission, or takes it away. */
export async function setPermission(
  tx: UnitOfWork,
  who: Identity,
  { role, permission }: RolePermission,
  { allowed }: { allowed: boolean },
): Promise<RolePermission> {
  authorizeAdmin(who);
  mustBeRole(role);
  const { added, removed } = await changesIn(tx);
  const given = (PERMISSIONS_OF_ROLE[role] as readonly string[] | undefined)?.includes(permission) ?? false;
  const without = (words: string[] | undefined) => (words ?? []).filter((word) => word !== permission);
  const changes: RoleChanges = {
    added: { ...added, [role]: [...without(added[role]), ...(allowed && !given ? [permission] : [])] },
    removed: { ...removed, [role]: [...without(removed[role]), ...(!allowed && given ? [permission] : [])] },
  };
  if (!allowed && !given && !added[role]?.includes(permission)) found(undefined, "Permission", permission);
  await tx.settings.set(SETTING, { ...changes });
  await recordChange(tx, who, "permissions", `${role}/${permission}`, allowed ? "create" : "delete");
  return { role, permission };
}

/** @throws not_found_error */
function mustBeRole(role: string): void {
  if (!Object.hasOwn(PERMISSIONS_OF_ROLE, role)) throw notFound("Role", role);
}

function authorizeAdmin(who: Identity): void {
  if (isAdmin(who)) return;
  throw new Refusal("unauthorized_error", "User unauthorized: Only admin users are permitted to edit permissions");
}
