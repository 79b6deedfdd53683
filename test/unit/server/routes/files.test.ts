import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blueprintDirectory } from "../../../../src/services/files/layout.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager, type Manager } from "../../../helpers/manager.ts";

const SCRIPT = "/resources/blueprints/default_tenant/bp/scripts/start.sh";

async function aManagerWithFiles(): Promise<Manager> {
  const manager = await aManager();
  await aDeploymentIn(manager.database, "d1");
  const blueprint = join(manager.files, "blueprints/default_tenant/bp");
  await mkdir(join(blueprint, "scripts"), { recursive: true });
  await writeFile(join(blueprint, "scripts/start.sh"), "0123456789");
  await writeFile(join(blueprint, ".hidden"), "x");
  await writeFile(join(manager.files, "../outside"), "outside");
  await symlink("../../../../outside", join(blueprint, "link"));
  return manager;
}

describe("a blueprint's file", () => {
  it("is sent to those who may see the blueprint", async () => {
    const { ask } = await aManagerWithFiles();
    const { status, body, headers } = await ask("GET", SCRIPT);
    expect([status, body]).toEqual([200, "0123456789"]);
    expect(headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="start.sh"',
      "content-length": "10",
    });
  });

  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["bytes=0-1,4-5", 200, "0123456789", undefined],
    ["lines=1-2", 200, "0123456789", undefined],
  ])("is sent in part for %s", async (range, status, text, contentRange) => {
    const { ask } = await aManagerWithFiles();
    const answer = await ask("GET", SCRIPT, null, { range });
    expect([answer.status, answer.body, answer.headers["content-range"]]).toEqual([status, text, contentRange]);
  });

  it("is sent whole to whoever has a part of another version", async () => {
    const { ask } = await aManagerWithFiles();
    const { headers } = await ask("GET", SCRIPT);
    const part = (version: string) => ask("GET", SCRIPT, null, { range: "bytes=7-", "if-range": version });
    expect((await part(String(headers["etag"]))).body).toBe("789");
    expect((await part('"another"')).body).toBe("0123456789");
  });

  it("has no part behind its end", async () => {
    const { ask } = await aManagerWithFiles();
    const { status, headers } = await ask("GET", SCRIPT, null, { range: "bytes=10-" });
    expect([status, headers["content-range"]]).toEqual([416, "bytes */10"]);
  });

  it.each([
    ["/resources/blueprints/default_tenant/bp/%2e%2e/%2e%2e/%2e%2e/%2e%2e/cfy.db"],
    ["/resources/blueprints/default_tenant/bp/..%2f..%2f..%2f..%2fcfy.db"],
    ["/resources/blueprints/default_tenant/bp/link"],
    ["/resources/blueprints/default_tenant/bp/.hidden"],
    ["/resources/blueprints/default_tenant/nosuch/x"],
    ["/resources/incoming/default_tenant/x"],
    ["/resources/../secrets.key"],
  ])("does not lead to %s", async (path) => {
    const { ask } = await aManagerWithFiles();
    expect((await ask("GET", path)).status).toBe(404);
  });

  it("is not that of another blueprint, wherever links in it lead", async () => {
    const { ask, files } = await aManagerWithFiles();
    const others = join(files, "blueprints/default_tenant/secret");
    await mkdir(others);
    await writeFile(join(others, "inputs.yaml"), "secret");
    await symlink("../secret", join(files, "blueprints/default_tenant/bp/others"));
    expect((await ask("GET", "/resources/blueprints/default_tenant/bp/others/inputs.yaml")).status).toBe(404);
    expect((await ask("GET", "/resources/blueprints/default_tenant/bp/others/")).status).toBe(404);
  });

  it("may have a name in any script", async () => {
    const { ask, files } = await aManagerWithFiles();
    await writeFile(join(files, "blueprints/default_tenant/bp/日本.txt"), "x");
    const { status, headers } = await ask("GET", `/resources/blueprints/default_tenant/bp/${encodeURI("日本.txt")}`);
    expect([status, headers["content-disposition"]]).toEqual([200, 'attachment; filename="__.txt"']);
  });

  it("needs credentials, and a role in the tenant", async () => {
    const manager = await aManagerWithFiles();
    await addUser(manager, "bob", "viewer");
    await manager.ask("POST", "tenants/t2");
    const private2 = "/resources/blueprints/t2/";
    expect((await manager.ask("GET", SCRIPT, null, { "x-network": "1" })).status).toBe(401);
    expect((await manager.as("bob")("GET", SCRIPT)).status).toBe(200);
    expect((await manager.as("bob")("GET", private2)).status).toBe(403);
  });

  it("of a private blueprint is not there for others, nor listed", async () => {
    const manager = await aManagerWithFiles();
    await addUser(manager, "bob", "viewer");
    await manager.database.unitOfWork((tx) => tx.blueprints.update("default_tenant", "bp", { visibility: "private" }));
    expect((await manager.as("bob")("GET", SCRIPT)).status).toBe(404);
    expect((await manager.as("bob")("GET", "/resources/blueprints/default_tenant/")).body).toEqual({});
  });

  it("is listed with the time of its last change", async () => {
    const { ask } = await aManagerWithFiles();
    const { body } = await ask("GET", "/resources/blueprints/default_tenant/");
    expect(body).toMatchObject({ "bp/scripts/start.sh": expect.stringMatching(/^\d{4}-.*\+00:00$/) });
    expect(Object.keys(body)).not.toContain("bp/.hidden");
  });
});

describe("a blueprint", () => {
  it("is given to another user, who must exist", async () => {
    const manager = await aManagerWithFiles();
    await addUser(manager, "bob", "user");
    const missing = await manager.ask("PATCH", "blueprints/bp", { creator: "nobody" });
    expect([missing.status, missing.body.message]).toEqual([400, "User nobody does not exist."]);
    expect((await manager.ask("PATCH", "blueprints/bp", { creator: "bob" })).body.created_by).toBe("bob");
    expect((await manager.as("bob")("PATCH", "blueprints/bp", { creator: "bob" })).status).toBe(403);
  });

  it("that others import is deleted only with force", async () => {
    const { ask, database } = await aManager();
    const owned = {
      tenant_name: "default_tenant",
      visibility: "tenant",
      created_by: "admin",
      state: "uploaded",
    } as const;
    await database.unitOfWork(async (tx) => {
      await tx.blueprints.insert({ ...owned, id: "base", created_at: tx.now() });
      const plan = { imported_blueprints: ["base"] };
      await tx.blueprints.insert({ ...owned, id: "app", created_at: tx.now(), plan });
    });
    const refused = await ask("DELETE", "blueprints/base");
    expect([refused.status, refused.body.error_code]).toEqual([405, "blueprint_in_use"]);
    expect((await ask("DELETE", "blueprints/base?force=true")).status).toBe(204);
  });

  it.each([
    [{}, "illegal_action_error"],
    [{ nosuch: 1 }, "bad_parameters_error"],
    [{ state: "nosuch" }, "bad_parameters_error"],
  ])("refuses the change %j", async (change, code) => {
    const { ask } = await aManagerWithFiles();
    expect((await ask("PATCH", "blueprints/bp", change)).body.error_code).toBe(code);
  });
});

describe("the icon of a blueprint", () => {
  const PNG = Buffer.from("\x89PNG\r\n\x1a\n picture", "latin1");

  it("stands among its files and in its archive, until it is taken away", async () => {
    const { app, ask, files } = await aManagerWithFiles();
    const set = (payload: Buffer) =>
      app.inject({
        method: "PATCH",
        url: "/api/v3.1/blueprints/bp/icon",
        payload,
        headers: { tenant: "default_tenant" },
      });
    expect((await set(PNG)).json()).toMatchObject({ id: "bp", state: "uploaded" });
    const icon = join(blueprintDirectory(files, "default_tenant", "bp"), "icon.png");
    expect(await readFile(icon)).toEqual(PNG);
    const { headers } = await ask("GET", "blueprints/bp/archive");
    expect(headers["content-disposition"]).toContain("bp.tar.gz");
    expect((await set(Buffer.from("GIF89a"))).json()).toMatchObject({ error_code: "bad_parameters_error" });
    expect((await set(Buffer.alloc(0))).statusCode).toBe(200);
    expect(existsSync(icon)).toBe(false);
  });
});
