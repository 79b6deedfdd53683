import type { FilterRule } from "../../api/selection.ts";
import type { Database } from "../../storage/index.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import { SYSTEM_FILTERS } from "./system-filters.ts";

export const DEFAULT_TENANT = "default_tenant";
export const ADMIN = "admin";
/** Hash of no password: until one is set, nobody gets in as this user with a password. */
const NO_PASSWORD = "";

/** Gives a new database its tenant, its administrator, its configuration and its own filters, and an older one what has come since. */
export async function ensureDefaults(database: Database): Promise<void> {
  const { read } = database;
  const known = new Set((await read.config.all()).map(({ scope, name }) => `${scope}.${name}`));
  const missing = CONFIG_DEFAULTS.filter(({ scope, name }) => !known.has(`${scope}.${name}`));
  const filters: [string, readonly FilterRule[]][] = [];
  for (const filter of Object.entries(SYSTEM_FILTERS))
    if (!(await read.deploymentFilters.get(DEFAULT_TENANT, filter[0]))) filters.push(filter);
  const nothingMissing = missing.length === 0 && filters.length === 0;
  if (nothingMissing && (await read.tenants.get(DEFAULT_TENANT)) && (await read.users.get(ADMIN))) return;
  await database.unitOfWork(async (tx) => {
    const created_at = tx.now();
    if (!(await tx.tenants.get(DEFAULT_TENANT))) await tx.tenants.insert({ name: DEFAULT_TENANT, created_at });
    if (!(await tx.users.get(ADMIN))) {
      await tx.users.insert({ username: ADMIN, password_hash: NO_PASSWORD, role: "sys_admin", created_at });
      await tx.tenants.setUserRole(DEFAULT_TENANT, ADMIN, "user");
    }
    await tx.config.insertMany(missing.map((item) => ({ ...item })));
    for (const [id, rules] of filters)
      await tx.deploymentFilters.insert({
        id,
        tenant_name: DEFAULT_TENANT,
        visibility: "global",
        created_by: ADMIN,
        created_at,
        updated_at: created_at,
        filtered_resource: "deployments",
        value: rules.map((rule) => ({ ...rule })),
        is_system_filter: true,
      });
  });
}
