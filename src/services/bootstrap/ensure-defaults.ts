import type { Database } from "../../storage/index.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";

export const DEFAULT_TENANT = "default_tenant";
export const ADMIN = "admin";
/** Hash of no password: until one is set, nobody gets in as this user with a password. */
const NO_PASSWORD = "";

/** Gives a new database its tenant, its administrator and its configuration, and an older one what has come since. */
export async function ensureDefaults(database: Database): Promise<void> {
  const { read } = database;
  const known = new Set((await read.config.all()).map(({ scope, name }) => `${scope}.${name}`));
  const missing = CONFIG_DEFAULTS.filter(({ scope, name }) => !known.has(`${scope}.${name}`));
  if (missing.length === 0 && (await read.tenants.get(DEFAULT_TENANT)) && (await read.users.get(ADMIN))) return;
  await database.unitOfWork(async (tx) => {
    const created_at = tx.now();
    if (!(await tx.tenants.get(DEFAULT_TENANT))) await tx.tenants.insert({ name: DEFAULT_TENANT, created_at });
    if (!(await tx.users.get(ADMIN))) {
      await tx.users.insert({ username: ADMIN, password_hash: NO_PASSWORD, role: "sys_admin", created_at });
      await tx.tenants.setUserRole(DEFAULT_TENANT, ADMIN, "user");
    }
    await tx.config.insertMany(missing.map((item) => ({ ...item })));
  });
}
