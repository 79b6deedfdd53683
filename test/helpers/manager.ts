import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { buildServer } from "../../src/server/app.ts";
import { apiRoutes, rootRoutes } from "../../src/server/routes/index.ts";
import { ensureDefaults } from "../../src/services/bootstrap/ensure-defaults.ts";
import { hashPassword } from "../../src/services/identity/passwords.ts";
import { openVault, type Vault } from "../../src/services/secrets/vault.ts";
import { type Database, LocalChanges, openDatabase } from "../../src/storage/index.ts";

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests look at.
  body: any;
  headers: Record<string, unknown>;
}

export type Ask = (
  method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: object | null,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface Manager {
  app: FastifyInstance;
  database: Database;
  /** Folder of files. */
  files: string;
  vault: Vault;
  ask: Ask;
  /** Asks as somebody else, with a password, in a tenant. */
  as(username: string, tenant?: string): Ask;
}

/** All routes over a real database and a real folder. Requests are the administrator's unless they say otherwise. */
export async function aManager(): Promise<Manager> {
  const directory = await mkdtemp(join(tmpdir(), "manager-"));
  const files = join(directory, "files");
  const database = openDatabase(join(directory, "cfy.db"), new LocalChanges());
  await ensureDefaults(database);
  const vault = openVault(join(directory, "secrets.key"));
  const closing = new AbortController();
  const app = buildServer(
    {
      database,
      files,
      vault,
      clock: systemClock,
      log: { info: () => undefined, error: (message, cause) => console.error(message, cause) },
      isLocal: (request) => request.headers.authorization === undefined && request.headers["x-network"] === undefined,
      closing: closing.signal,
    },
    { api: apiRoutes, root: rootRoutes },
  );
  onTestFinished(async () => {
    closing.abort();
    await app.close();
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });
  const ask: Ask = async (method, path, body, headers = {}) => {
    const answer = await app.inject({
      method,
      url: path.startsWith("/") ? path : `/api/v3.1/${path}`,
      headers: { "content-type": "application/json", ...headers },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    });
    const isJson = String(answer.headers["content-type"]).startsWith("application/json");
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers };
  };
  const as: Manager["as"] = (username, tenant = "default_tenant") => {
    const authorization = `Basic ${Buffer.from(`${username}:${passwordOf(username)}`).toString("base64")}`;
    return (method, path, body, headers) => ask(method, path, body, { authorization, tenant, ...headers });
  };
  return { app, database, files, vault, ask, as };
}

const passwordOf = (username: string) => `${username}'s password`;

/** A user with a role in the default tenant. */
export async function addUser({ database }: Manager, username: string, role: string): Promise<void> {
  const password_hash = await hashPassword(passwordOf(username));
  await database.unitOfWork(async (tx) => {
    await tx.users.insert({ username, password_hash, role: "default", created_at: tx.now() });
    await tx.tenants.setUserRole("default_tenant", username, role);
  });
}
