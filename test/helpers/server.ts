import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { buildServer } from "../../src/server/app.ts";
import type { Routes } from "../../src/server/context.ts";
import { logTo } from "../../src/server/log.ts";
import type { Identity } from "../../src/services/identity/identity.ts";
import { openVault } from "../../src/services/secrets/vault.ts";
import type { Database } from "../../src/storage/index.ts";
import { aDatabase } from "./database.ts";
import { permissionsOf } from "./permissions.ts";

export const ADMIN: Identity = {
  username: "admin",
  tenant: "default_tenant",
  tenants: ["default_tenant"],
  role: "sys_admin",
  permissions: permissionsOf("sys_admin"),
  method: "local",
};

/** The routes of one resource over a real database, asked by a given user. */
export async function aServerOf(
  routes: Routes,
  who: Identity = ADMIN,
  files = "/dev/null",
): Promise<{ app: FastifyInstance; database: Database; log: string[] }> {
  const database = await aDatabase();
  const log: string[] = [];
  const closing = new AbortController();
  const context = {
    database,
    clock: systemClock,
    log: logTo(systemClock, (line) => log.push(line)),
    files,
    vault: openVault("/dev/null/secrets.key"),
    isLocal: () => true,
    closing: closing.signal,
  };
  const asWho: Routes = (app) => {
    app.addHook("onRequest", async (request) => {
      request.identity = who;
    });
  };
  const app = buildServer(context, { api: [asWho, routes] });
  onTestFinished(async () => {
    closing.abort();
    await app.close();
  });
  return { app, database, log };
}
