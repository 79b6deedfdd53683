import { describe, expect, it } from "vitest";
import { addUser, aManager } from "../../../helpers/manager.ts";

const BOB = { username: "bob", password: "bob's password", role: "default" };

describe("a user", () => {
  it("logs in once it has a role in the tenant, and may do what the role may", async () => {
    const { ask, as } = await aManager();
    const created = await ask("PUT", "users", BOB);
    const before = await as("bob")("GET", "deployments");
    await ask("PUT", "tenants/users", { username: "bob", tenant_name: "default_tenant", role: "viewer" });
    const after = await as("bob")("GET", "deployments");
    const beyond = await as("bob")("PUT", "secrets/zz", { value: "x" });
    expect(created.body).toMatchObject({ username: "bob", role: "default", tenants: 0, groups: 0, active: true });
    expect(JSON.stringify(created.body)).not.toContain("argon2");
    expect([before.status, after.status]).toEqual([403, 200]);
    expect(beyond.body.message).toBe(
      "User `bob` is not permitted to perform the action secret_create in the tenant `default_tenant`",
    );
  });

  it("changes its own password, and nobody else's", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    const own = await manager.as("bob")("POST", "users/bob", { password: "another one" });
    expect(own.status).toBe(200);
    expect((await manager.as("bob")("GET", "user")).status).toBe(401);
    await manager.ask("POST", "users/bob", { password: BOB.password });
    expect((await manager.as("bob")("POST", "users/admin", { password: "mine now" })).status).toBe(403);
    expect((await manager.as("bob")("POST", "users/bob", { role: "sys_admin" })).status).toBe(403);
  });

  it.each([
    ["a short password", { ...BOB, password: "abc" }],
    ["a role of tenants", { ...BOB, role: "viewer" }],
    ["a name that begins with a digit", { ...BOB, username: "1bob" }],
  ])("is not made with %s", async (_, user) => {
    const { ask } = await aManager();
    const { status, body } = await ask("PUT", "users", user);
    expect([status, body.error_code]).toEqual([400, "bad_parameters_error"]);
  });

  it("that is deactivated cannot log in until it is activated again", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    await manager.ask("POST", "users/active/bob", { action: "deactivate" });
    expect((await manager.as("bob")("GET", "user")).status).toBe(401);
    await manager.ask("POST", "users/active/bob", { action: "activate" });
    expect((await manager.as("bob")("GET", "user")).status).toBe(200);
  });

  it("is locked by wrong passwords where that is set, and unlocked by an administrator", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    await manager.ask("PUT", "config/account_lock_period", { value: "30" });
    const wrong = { authorization: `Basic ${Buffer.from("bob:wrong").toString("base64")}` };
    for (let attempt = 0; attempt < 4; attempt++) await manager.ask("GET", "user", null, wrong);
    expect((await manager.as("bob")("GET", "user")).status).toBe(401);
    expect((await manager.ask("GET", "users/bob")).body.is_locked).toBe(true);
    await manager.ask("POST", "users/unlock/bob");
    expect((await manager.as("bob")("GET", "user")).status).toBe(200);
  });

  it("is shown with roles and groups by name when they are asked for", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    await manager.ask("POST", "user-groups", { group_name: "g1", ldap_group_dn: null, role: "default" });
    await manager.ask("PUT", "user-groups/users", { username: "bob", group_name: "g1" });
    await manager.ask("PUT", "tenants/user-groups", {
      group_name: "g1",
      tenant_name: "default_tenant",
      role: "viewer",
    });
    const { body } = await manager.ask("GET", "users/bob?_get_data=True");
    expect(body).toMatchObject({
      groups: ["g1"],
      tenants: { default_tenant: { "tenant-role": "user", roles: ["user", "viewer"] } },
      tenant_roles: { direct: { default_tenant: "user" }, groups: { g1: { default_tenant: "viewer" } } },
    });
  });

  it("is deleted with its roles, but never the administrator", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    expect((await manager.ask("DELETE", "users/bob")).status).toBe(204);
    expect((await manager.ask("GET", "users/bob")).status).toBe(404);
    expect((await manager.ask("DELETE", "users/admin")).body.error_code).toBe("illegal_action_error");
  });
});

describe("a tenant", () => {
  it("keeps its resources to itself", async () => {
    const manager = await aManager();
    const created = await manager.ask("POST", "tenants/t2", { rabbitmq_password: "" });
    await manager.ask("PUT", "secrets/k", { value: "v" }, { tenant: "t2" });
    expect(created.body).toMatchObject({ name: "t2", users: 0, groups: 0, rabbitmq_vhost: null });
    expect((await manager.ask("GET", "secrets/k")).status).toBe(404);
    expect((await manager.ask("GET", "secrets?_all_tenants=true")).body.items).toHaveLength(1);
    expect((await manager.ask("DELETE", "tenants/t2")).body.error_code).toBe("conflict_error");
  });

  it("that the caller has nothing to do with is as good as unknown", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    await manager.ask("POST", "tenants/t2");
    expect((await manager.as("bob")("GET", "tenants/t2")).status).toBe(403);
    expect((await manager.as("bob")("GET", "tenants")).body.items.map(({ name }: { name: string }) => name)).toEqual([
      "default_tenant",
    ]);
  });
});

describe("a token", () => {
  it("is told once, masked ever after, and lets its user in until it is deleted", async () => {
    const { ask } = await aManager();
    const made = (await ask("POST", "tokens", { description: "d", expiration_date: "2099-01-01 00:00" })).body;
    const headers = { "x-network": "1", "authentication-token": made.value };
    expect(made).toMatchObject({ username: "admin", role: "sys_admin", expiration_date: "2099-01-01T00:00:00.000Z" });
    expect((await ask("GET", `tokens/${made.id}`)).body.value).toBe(`ctok-${made.id}-********`);
    expect((await ask("GET", "user", null, headers)).body.username).toBe("admin");
    expect((await ask("DELETE", `tokens/${made.id}`)).status).toBe(204);
    expect((await ask("GET", "user", null, headers)).status).toBe(401);
  });

  it.each(["+1h", "+3 days", "+2w 3d"])("may end %s from now", async (expiration_date) => {
    const { ask } = await aManager();
    const { body } = await ask("POST", "tokens", { expiration_date });
    expect(Date.parse(body.expiration_date)).toBeGreaterThan(Date.now());
  });

  it.each(["2020-01-01 00:00", "+3 moons", "soon"])("does not end at %s", async (expiration_date) => {
    const { ask } = await aManager();
    expect((await ask("POST", "tokens", { expiration_date })).status).toBe(400);
  });

  it("of another user is as good as unknown", async () => {
    const manager = await aManager();
    await addUser(manager, "bob", "user");
    const { id } = (await manager.ask("POST", "tokens", {})).body;
    expect((await manager.as("bob")("GET", `tokens/${id}`)).status).toBe(404);
    expect((await manager.as("bob")("GET", "tokens")).body.items).toEqual([]);
  });
});

describe("a role", () => {
  it("is given a permission, and it is taken away again", async () => {
    const manager = await aManager();
    await addUser(manager, "viv", "viewer");
    const put = () => manager.as("viv")("PUT", "secrets/k", { value: "v" });
    expect((await put()).status).toBe(403);
    const given = await manager.ask("PUT", "permissions/viewer/secret_create");
    expect([given.status, given.body]).toEqual([200, { role: "viewer", permission: "secret_create" }]);
    expect((await put()).status).toBe(200);
    await manager.ask("DELETE", "permissions/viewer/secret_create");
    await manager.ask("DELETE", "secrets/k");
    expect((await put()).status).toBe(403);
  });

  it("is changed by administrators only", async () => {
    const manager = await aManager();
    await addUser(manager, "viv", "viewer");
    const { status, body } = await manager.as("viv")("GET", "permissions");
    expect([status, body.message]).toEqual([
      401,
      "User unauthorized: Only admin users are permitted to edit permissions",
    ]);
  });
});

it.each([
  ["PUT", "users", { username: "uma", password: "long enough" }],
  ["POST", "user-groups", { group_name: "ops" }],
  ["POST", "tenants/t2", {}],
] as const)("%s %s answers 201: clients take nothing else for a success", async (method, path, body) => {
  const { ask } = await aManager();
  expect((await ask(method, path, body)).status).toBe(201);
});
