import { describe, expect, it } from "vitest";
import { addExecution } from "../../../helpers/database.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager } from "../../../helpers/manager.ts";

describe("maintenance mode", () => {
  it("turns away what is not about the server, until it ends", async () => {
    const { ask } = await aManager();
    const activated = await ask("POST", "maintenance/activate");
    const refused = await ask("GET", "deployments");
    expect(activated.body).toMatchObject({ status: "activated", remaining_executions: [[]], requested_by: "admin" });
    expect([refused.status, refused.body.error_code]).toEqual([503, "maintenance_mode_active"]);
    expect((await ask("GET", "version")).status).toBe(200);
    expect((await ask("POST", "maintenance/activate")).status).toBe(304);
    expect((await ask("POST", "maintenance/deactivate")).body.status).toBe("deactivated");
    expect((await ask("POST", "maintenance/deactivate")).status).toBe(304);
    expect((await ask("GET", "deployments")).status).toBe(200);
    expect((await ask("GET", "maintenance")).body).toEqual({
      status: "deactivated",
      activated_at: "",
      activation_requested_at: "",
      remaining_executions: null,
      requested_by: "",
    });
  });

  it("waits for executions that run, and starts none meanwhile", async () => {
    const { ask, database } = await aManager();
    await aDeploymentIn(database, "d1");
    await addExecution(database, { id: "E1", deployment_id: "d1", status: "started" });
    await ask("POST", "maintenance/activate");
    const refused = await ask("POST", "executions", { deployment_id: "d1", workflow_id: "install" });
    expect((await ask("GET", "maintenance")).body).toMatchObject({
      status: "activating",
      remaining_executions: [{ id: "E1", status: "started", deployment_id: "d1", workflow_id: "install" }],
    });
    expect([refused.status, refused.body.error_code]).toEqual([503, "entering_maintenance_mode"]);
    expect((await ask("GET", "executions")).status).toBe(200);
    await ask("PATCH", "node-instances/vm_d1", { version: 1 });
    await database.unitOfWork((tx) => tx.executions.update("E1", { status: "terminated" }));
    expect((await ask("GET", "maintenance")).body.status).toBe("activated");
  });

  it("lets those through who may set it and ask for it", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    await manager.ask("POST", "maintenance/activate");
    const bypass = { "x-bypass-maintenance": "true" };
    expect((await manager.ask("GET", "deployments", null, bypass)).status).toBe(200);
    expect((await manager.as("bob")("GET", "deployments", null, bypass)).status).toBe(503);
  });
});

describe("the configuration", () => {
  it("takes what was typed for the type it must have", async () => {
    const { ask } = await aManager();
    const { body } = await ask("PUT", "config/default_page_size", { value: "999", force: false });
    expect(body).toMatchObject({ name: "default_page_size", value: 999, scope: "rest", updater_name: "admin" });
    expect((await ask("GET", "deployments")).body.metadata.pagination.size).toBe(999);
    expect((await ask("GET", "config/workflow.task_retries")).body.value).toBe(60);
  });

  it("refuses a value that does not fit, and a name that is not there", async () => {
    const { ask } = await aManager();
    const wrong = await ask("PUT", "config/default_page_size", { value: "many" });
    const missing = await ask("PUT", "config/nosuch", { value: "1" });
    expect([wrong.status, wrong.body.error_code]).toEqual([400, "bad_parameters_error"]);
    expect([missing.status, missing.body.message]).toEqual([404, "nosuch"]);
  });

  it("comes with what each role may do unless a scope is named", async () => {
    const { ask } = await aManager();
    expect(Object.keys((await ask("GET", "config")).body)).toEqual(["metadata", "items", "authorization"]);
    expect(Object.keys((await ask("GET", "config?scope=rest")).body)).toEqual(["metadata", "items"]);
  });
});

describe("the audit log", () => {
  it("tells who changed what, newest first when asked", async () => {
    const { ask } = await aManager();
    await ask("PUT", "sites/s1", {});
    await ask("PUT", "secrets/k", { value: "secret value" });
    const { body } = await ask("GET", "audit?order_by=id&desc=True&offset=0&size=1");
    expect(body.metadata.pagination).toEqual({ offset: 0, size: 1, total: 2 });
    expect(body.items).toEqual([
      expect.objectContaining({
        ref_table: "secrets",
        ref_identifier: { id: "k", tenant_name: "default_tenant" },
        operation: "create",
        creator_name: "admin",
        execution_id: "",
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
      }),
    ]);
    expect(JSON.stringify(body)).not.toContain("secret value");
  });

  it("forgets what is older than a time, and says how much that was", async () => {
    const { ask } = await aManager();
    await ask("PUT", "sites/s1", {});
    expect((await ask("DELETE", "audit?before=2020-01-01 00:00:00")).body).toEqual({ deleted: 0 });
    expect((await ask("DELETE", "audit?before=2099-01-01 00:00:00")).body).toEqual({ deleted: 1 });
  });

  it("refuses a time it does not understand in its own form", async () => {
    const { ask } = await aManager();
    const { status, body } = await ask("DELETE", "audit?before=1 hour ago");
    expect([status, body]).toEqual([
      422,
      { detail: [{ loc: ["query", "before"], msg: "invalid datetime format", type: "value_error.datetime" }] },
    ]);
  });

  it("streams what there is, and what comes", async () => {
    const { app, ask } = await aManager();
    await ask("PUT", "sites/s1", {});
    await app.listen({ port: 0, host: "127.0.0.1" });
    const address = app.server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const hangUp = new AbortController();
    const { body } = await fetch(`http://127.0.0.1:${port}/api/v3.1/audit/stream`, { signal: hangUp.signal });
    const records = body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await records?.read())?.value).toMatch(/^\{.*"sites".*\}\n\n$/);
    const next = records?.read();
    await ask("PUT", "sites/s2", {});
    expect((await next)?.value).toContain('"s2"');
    hangUp.abort();
  });
});

describe("what the server does not have", () => {
  it.each([
    ["license", 404, "missing_premium_package_error"],
    ["secrets-providers", 404, "missing_premium_package_error"],
    ["nosuch", 404, "not_found_error"],
  ])("is said about %s", async (path, status, code) => {
    const { ask } = await aManager();
    const answer = await ask("GET", path);
    expect([answer.status, answer.body.error_code]).toEqual([status, code]);
  });
});

describe("the cluster", () => {
  it("is this one host, under the address by which it was reached", async () => {
    const { ask } = await aManager();
    const { body } = await ask("GET", "managers", null, { host: "cfy.example:8080" });
    const status = await ask("GET", "cluster-status?summary=False");
    expect(body.items).toMatchObject([{ public_ip: "cfy.example", edition: "community" }]);
    expect(Object.keys(status.body.services)).toEqual(["broker", "db", "manager"]);
    expect((await ask("GET", "agents?state=started&_all_tenants=False")).body.items).toEqual([]);
  });
});
