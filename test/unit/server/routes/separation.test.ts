import { describe, expect, it } from "vitest";
import { addExecution } from "../../../helpers/database.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager, type Manager } from "../../../helpers/manager.ts";

/** mona manages the default tenant, and may only look at the tenant t2, in which otto has secrets. */
async function twoTenants(): Promise<Manager> {
  const manager = await aManager();
  await addUser(manager, "mona", "manager");
  await addUser(manager, "otto", "viewer");
  await manager.ask("POST", "tenants/t2");
  await manager.ask("PUT", "tenants/users", { username: "mona", tenant_name: "t2", role: "viewer" });
  await manager.ask("PUT", "tenants/users", { username: "otto", tenant_name: "t2", role: "user" });
  const otto = manager.as("otto", "t2");
  await otto("PUT", "secrets/hidden", { value: "h", is_hidden_value: true });
  await otto("PUT", "secrets/open", { value: "o" });
  return manager;
}

const imported = (key: string) => ({
  key,
  value: "planted",
  visibility: "tenant",
  tenant_name: "t2",
  is_hidden_value: false,
  encrypted: false,
});

describe("what a role allows in one tenant", () => {
  it("does not export secrets of another one", async () => {
    const { as } = await twoTenants();
    expect((await as("mona")("GET", "secrets/share/export?_all_tenants=true")).body).toEqual([]);
    const { body } = await as("otto", "t2")("GET", "secrets/share/export?_all_tenants=true");
    expect(body.map(({ key }: { key: string }) => key)).toEqual(["hidden", "open"]);
  });

  it("does not import secrets into another one", async () => {
    const { as, ask } = await twoTenants();
    const { body } = await as("mona")("POST", "secrets/share/import", {
      secrets_list: [imported("open"), imported("new")],
      override_collisions: true,
    });
    const refused = { tenant_name: "User `mona` may not import secrets into the tenant `t2`" };
    expect(body).toEqual({ colliding_secrets: {}, secrets_errors: { 0: refused, 1: refused } });
    expect((await ask("GET", "secrets/open", null, { tenant: "t2" })).body.value).toBe("o");
    expect((await ask("GET", "secrets/new", null, { tenant: "t2" })).status).toBe(404);
  });

  it("does not delete executions of another one", async () => {
    const { as, database } = await twoTenants();
    await addExecution(database, { id: "E1", deployment_id: null, status: "terminated" });
    await addExecution(database, { id: "E2", deployment_id: null, status: "terminated", tenant_name: "t2" });
    const { body } = await as("mona")("DELETE", "executions?_all_tenants=true", {});
    expect(body.items).toEqual([{ count: 1 }]);
    expect(await database.read.executions.get("E2")).toBeDefined();
  });

  it("does not uncover what another one shares", async () => {
    const { as, ask } = await twoTenants();
    await ask("PATCH", "secrets/hidden/set-visibility", { visibility: "global" }, { tenant: "t2" });
    expect((await as("mona")("GET", "secrets/hidden")).body).toMatchObject({ value: "", tenant_name: "t2" });
  });
});

describe("a hidden secret", () => {
  it("is not replaced by an import of others", async () => {
    const { as, ask } = await twoTenants();
    await ask("PATCH", "tenants/users", { username: "mona", tenant_name: "t2", role: "user" });
    const { body } = await as("mona", "t2")("POST", "secrets/share/import", {
      secrets_list: [imported("hidden")],
      override_collisions: true,
    });
    expect(body.secrets_errors[0].key).toContain("may not replace the secret `hidden`");
    expect((await ask("GET", "secrets/hidden", null, { tenant: "t2" })).body.value).toBe("h");
  });

  it("is not told to those who write a function that asks for it", async () => {
    const manager = await twoTenants();
    await aDeploymentIn(manager.database, "d1");
    await manager.ask("PUT", "secrets/hidden", { value: "h", is_hidden_value: true });
    await addUser(manager, "olaf", "operations");
    const asked = { deployment_id: "d1", payload: { value: { get_secret: "hidden" } } };
    expect((await manager.as("olaf")("POST", "evaluate/functions", asked)).body.message).toContain("no secret");
    expect((await manager.as("mona")("POST", "evaluate/functions", asked)).body.payload).toEqual({ value: "h" });
  });
});

describe("a private execution", () => {
  it("is neither seen nor touched by others, nor are its events and tasks", async () => {
    const manager = await aManager();
    await addUser(manager, "olaf", "operations");
    await addUser(manager, "mona", "user");
    const { database, as } = manager;
    await aDeploymentIn(database, "d1");
    await addExecution(database, {
      id: "E1",
      deployment_id: "d1",
      status: "started",
      visibility: "private",
      created_by: "mona",
    });
    const [olaf, mona] = [as("olaf"), as("mona")];
    await mona("POST", "events", { execution_id: "E1", logs: [{ level: "info", message: { text: "hush" } }] });
    const graph = { execution_id: "E1", name: "g", operations: [{ id: "O1", name: "n", type: "RemoteTask" }] };
    await mona("POST", "tasks_graphs/tasks_graphs", graph);
    expect((await mona("GET", "events")).body.items).toHaveLength(1);
    expect((await olaf("GET", "events")).body.items).toEqual([]);
    expect((await olaf("GET", "events?execution_id=E1")).body.metadata.pagination.total).toBe(0);
    expect((await mona("GET", "operations/O1")).status).toBe(200);
    expect((await olaf("GET", "operations/O1")).status).toBe(404);
    expect((await olaf("POST", "executions/E1", { action: "cancel" })).status).toBe(404);
    expect((await olaf("PATCH", "executions/E1", { status: "failed" })).status).toBe(404);
    expect((await olaf("POST", "events", { execution_id: "E1", logs: [{}] })).status).toBe(404);
  });
});
