import { beforeAll, describe, expect, it } from "vitest";
import type { ExecutionStatus } from "../../../../src/api/statuses.ts";
import { issueExecutionToken } from "../../../../src/services/executions/execution-token.ts";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import {
  type Credentials,
  identify,
  identifyExecution,
  identifyLocal,
  identifyOwner,
} from "../../../../src/services/identity/authenticate.ts";
import { isAdmin } from "../../../../src/services/identity/identity.ts";
import { hashPassword } from "../../../../src/services/identity/passwords.ts";
import { newToken, secretDigest, writtenToken } from "../../../../src/services/identity/tokens.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { aDatabase } from "../world.ts";

const NOW = "2026-05-01T12:00:00.000Z";
const UNAUTHORIZED = { code: "unauthorized_error", status: 401 };

let password_hash: string;
beforeAll(async () => {
  password_hash = await hashPassword("right");
});

/** A database in which bob is a user of the default tenant, and nothing elsewhere. */
async function bobsDatabase(): Promise<Database> {
  const { database } = await aDatabase();
  await database.unitOfWork(async (tx) => {
    await tx.users.insert({ username: "bob", password_hash, role: "default", created_at: tx.now() });
    await tx.tenants.setUserRole("default_tenant", "bob", "user");
  });
  return database;
}

const asked = (database: Database, given: Credentials, { tenant = "default_tenant", now = NOW } = {}) =>
  identify(database, given, { tenant, now });
const basic = (password: string, username = "bob") => ({ basic: { username, password } });
const deactivate = (database: Database) => database.unitOfWork((tx) => tx.users.update("bob", { active: false }));

describe("a request with a password", () => {
  it("comes from its user, whose permissions are those of the roles in the tenant", async () => {
    const database = await bobsDatabase();
    const who = await asked(database, basic("right"));
    expect(who).toMatchObject({
      username: "bob",
      tenant: "default_tenant",
      tenants: ["default_tenant"],
      role: "default",
    });
    expect([who.permissions.has("secret_create"), who.method, isAdmin(who)]).toEqual([true, "http_basic", false]);
    expect(await database.read.users.get("bob")).toMatchObject({ first_login_at: NOW, last_login_at: NOW });
  });

  it.each([
    ["a wrong one", basic("wrong")],
    ["one of nobody", basic("right", "nobody")],
    ["none", {}],
  ])("is refused with %s", async (_, given) => {
    await expect(asked(await bobsDatabase(), given)).rejects.toMatchObject(UNAUTHORIZED);
  });

  it("is refused when its user is not active", async () => {
    const database = await bobsDatabase();
    await deactivate(database);
    await expect(asked(database, basic("right"))).rejects.toMatchObject(UNAUTHORIZED);
  });

  it("may do in another tenant only what everybody may, and nothing in one that does not exist", async () => {
    const database = await bobsDatabase();
    const { permissions } = await asked(database, basic("right"), { tenant: "other" });
    expect([permissions.has("tenant_list"), permissions.has("deployment_list")]).toEqual([true, false]);
    await expect(asked(database, basic("right"), { tenant: "nosuch" })).rejects.toMatchObject({
      code: "forbidden_error",
    });
  });

  it("is refused for a while after too many wrong ones, and a right one starts the count anew", async () => {
    const database = await bobsDatabase();
    await database.unitOfWork(async (tx) => {
      await tx.config.insertMany(
        [
          { name: "failed_logins_before_account_lock", value: 2 },
          { name: "account_lock_period", value: 30 },
        ].map((item) => ({ ...item, scope: "rest", updated_at: null, updater_name: null })),
      );
    });
    const wrong = () => expect(asked(database, basic("wrong"))).rejects.toMatchObject(UNAUTHORIZED);
    await wrong();
    await asked(database, basic("right"));
    await wrong();
    await asked(database, basic("right"));
    await wrong();
    await wrong();
    await expect(asked(database, basic("right"))).rejects.toMatchObject(UNAUTHORIZED);
    await asked(database, basic("right"), { now: "2026-05-01T12:30:00.000Z" });
    expect(await database.read.users.get("bob")).toMatchObject({ failed_logins: 0 });
  });
});

describe("a role through a group", () => {
  const inGroup = async (role: string, tenantRole?: string) => {
    const database = await bobsDatabase();
    await database.unitOfWork(async (tx) => {
      await tx.userGroups.insert({ name: "g", role });
      await tx.userGroups.addMember("g", "bob");
      if (tenantRole) await tx.tenants.setGroupRole("other", "g", tenantRole);
    });
    return database;
  };

  it("counts in its tenant", async () => {
    const who = await asked(await inGroup("default", "viewer"), basic("right"), { tenant: "other" });
    expect([who.permissions.has("deployment_list"), who.permissions.has("secret_create")]).toEqual([true, false]);
    expect(who.tenants).toEqual(["default_tenant", "other"]);
  });

  it("makes an administrator of a member", async () => {
    const who = await asked(await inGroup("sys_admin"), basic("right"));
    expect([isAdmin(who), who.permissions.has("user_create")]).toEqual([true, true]);
  });
});

describe("a request with a token", () => {
  const withToken = async (expiration_date: string | null = null) => {
    const database = await bobsDatabase();
    const parts = newToken();
    await database.unitOfWork((tx) =>
      tx.tokens.insert({
        id: parts.id,
        username: "bob",
        secret_hash: secretDigest(parts.secret),
        created_at: NOW,
        expiration_date,
      }),
    );
    return { database, parts, token: writtenToken(parts) };
  };

  it("comes from the user that the token is of, and the use of it is noted", async () => {
    const { database, parts, token } = await withToken();
    expect(await asked(database, { token })).toMatchObject({ username: "bob", method: "token" });
    expect(await database.read.tokens.get(parts.id)).toMatchObject({ last_used: NOW });
  });

  it("is refused with another secret", async () => {
    const { database, parts } = await withToken();
    const token = writtenToken({ ...parts, secret: newToken().secret });
    await expect(asked(database, { token })).rejects.toMatchObject(UNAUTHORIZED);
  });

  it.each(["ctok-", "ctok-a", "ctok-a-b-c", "xtok-a-b", "nonsense"])("is refused with %s", async (token) => {
    const { database } = await withToken();
    await expect(asked(database, { token })).rejects.toMatchObject({ message: /Invalid token structure/ });
  });

  it("is refused when its user is not active", async () => {
    const { database, token } = await withToken();
    await deactivate(database);
    await expect(asked(database, { token })).rejects.toMatchObject(UNAUTHORIZED);
  });

  it("is let in until the token expires", async () => {
    const { database, token } = await withToken("2026-05-01T12:00:01.000Z");
    expect(await asked(database, { token })).toMatchObject({ username: "bob" });
    await expect(asked(database, { token }, { now: "2026-05-01T12:00:02.000Z" })).rejects.toMatchObject({
      message: expect.stringContaining("expired"),
    });
  });
});

describe("a request of an execution", () => {
  const execution = async () => {
    const database = await bobsDatabase();
    const starter = { username: "bob", tenant: "default_tenant" };
    return database.unitOfWork(async (tx) => {
      const { id } = await insertExecution(tx, starter, { workflowId: "w", status: "pending", parameters: {} });
      return { database, id, token: await issueExecutionToken(tx, id) };
    });
  };

  it.each(["token", "executionToken"] as const)("acts for the one who started it, with its token as %s", async (as) => {
    const { database, id, token } = await execution();
    expect(await asked(database, { [as]: token })).toMatchObject({
      username: "bob",
      method: "execution_token",
      executionId: id,
    });
  });

  it.each<ExecutionStatus>(["terminated", "failed", "cancelled", "queued"])(
    "is refused when the execution is %s",
    async (status) => {
      const { database, id, token } = await execution();
      await database.unitOfWork((tx) => tx.executions.update(id, { status }));
      await expect(asked(database, { executionToken: token })).rejects.toMatchObject({
        ...UNAUTHORIZED,
        message: expect.stringContaining("invalid Execution Token"),
      });
    },
  );

  it("is refused with an unknown token, whatever else it brings", async () => {
    const { database } = await execution();
    await expect(asked(database, { executionToken: "nonsense", ...basic("right") })).rejects.toMatchObject(
      UNAUTHORIZED,
    );
  });

  it("is refused with the token before the last", async () => {
    const { database, id, token } = await execution();
    await database.unitOfWork((tx) => issueExecutionToken(tx, id));
    await expect(asked(database, { executionToken: token })).rejects.toMatchObject(UNAUTHORIZED);
  });

  it("is refused when the one who started it is gone", async () => {
    const { database } = await execution();
    const gone = { id: "E1", created_by: "nobody", tenant_name: "default_tenant" };
    await expect(identifyExecution(database, gone)).rejects.toMatchObject(UNAUTHORIZED);
  });
});

describe("what the server does by itself", () => {
  it("is done as the user who asked for it, while that one is active", async () => {
    const database = await bobsDatabase();
    expect(await identifyOwner(database, "bob", "default_tenant")).toMatchObject({ username: "bob", method: "local" });
    await expect(identifyOwner(database, "nobody", "default_tenant")).rejects.toMatchObject(UNAUTHORIZED);
    await deactivate(database);
    await expect(identifyOwner(database, "bob", "default_tenant")).rejects.toMatchObject(UNAUTHORIZED);
  });

  it("is refused over its own socket for a tenant that does not exist", async () => {
    const database = await bobsDatabase();
    await database.unitOfWork((tx) =>
      tx.users.insert({ username: "admin", password_hash: "", role: "sys_admin", created_at: NOW }),
    );
    expect(isAdmin(await identifyLocal(database, "default_tenant"))).toBe(true);
    await expect(identifyLocal(database, "nosuch")).rejects.toMatchObject({ code: "forbidden_error" });
  });
});
