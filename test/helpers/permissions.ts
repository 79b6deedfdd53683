import { PERMISSIONS_OF_ROLE, type Permission } from "../../src/services/identity/permissions.ts";

/** What several roles may do together, before anybody has changed what they may. */
export const permissionsOf = (...roles: string[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => PERMISSIONS_OF_ROLE[role] ?? []));
