import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

describe("a user's password", () => {
  const creates = (password: string) =>
    fakeManager().on("PUT /users", { body: { username: "bob", password, role: "default" } });

  it("can come from standard input", async () => {
    const manager = creates("s3cret pass");
    expect((await cfy("users create bob --password-stdin", { manager, stdin: "s3cret pass\n" })).code).toBe(0);
  });

  it("is asked for twice on a terminal, and not shown", async () => {
    const manager = creates("s3cret");
    const { code, stdout, stderr } = await cfy("users create bob", { manager, tty: 80, stdin: "s3cret\ns3cret" });
    expect([code, stdout + stderr]).toEqual([0, expect.not.stringContaining("s3cret")]);
    expect((await cfy("users create bob", { tty: 80, stdin: "s3cret\nother" })).code).toBe(2);
  });

  it("must come from somewhere, and from one place only", async () => {
    expect(await cfy("users create bob")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--password-stdin"),
    });
    expect((await cfy("users create bob -p a --password-stdin")).code).toBe(2);
  });
});

describe("who may do what", () => {
  it.each([
    ["users create bob -p secret", "PUT /users", { username: "bob", password: "secret", role: "default" }],
    ["users set-password bob -p other", "POST /users/bob", { password: "other" }],
    ["users set-role bob -r sys_admin", "POST /users/bob", { role: "sys_admin" }],
    ["users activate bob", "POST /users/active/bob", { action: "activate" }],
    ["users deactivate bob", "POST /users/active/bob", { action: "deactivate" }],
    ["users unlock bob", "POST /users/unlock/bob", ""],
    ["users delete bob", "DELETE /users/bob", ""],
    [
      "user-groups create g1 -l cn=g1",
      "POST /user-groups",
      { group_name: "g1", ldap_group_dn: "cn=g1", role: "default" },
    ],
    ["user-groups set-role g1 -r sys_admin", "POST /user-groups/g1", { role: "sys_admin" }],
    ["user-groups add-user bob -g g1", "PUT /user-groups/users", { username: "bob", group_name: "g1" }],
    ["user-groups remove-user bob -g g1", "DELETE /user-groups/users", { username: "bob", group_name: "g1" }],
    ["user-groups delete g1", "DELETE /user-groups/g1", ""],
    ["tenants create t2", "POST /tenants/t2", { rabbitmq_password: "" }],
    ["tenants delete t2", "DELETE /tenants/t2", ""],
    ["tenants add-user bob -t t2 -r user", "PUT /tenants/users", { username: "bob", tenant_name: "t2", role: "user" }],
    [
      "tenants update-user bob -t t2 -r user",
      "PATCH /tenants/users",
      { username: "bob", tenant_name: "t2", role: "user" },
    ],
    ["tenants remove-user bob -t t2", "DELETE /tenants/users", { username: "bob", tenant_name: "t2" }],
    [
      "tenants add-user-group g1 -t t2 -r user",
      "PUT /tenants/user-groups",
      { group_name: "g1", tenant_name: "t2", role: "user" },
    ],
    [
      "tenants update-user-group g1 -t t2 -r user",
      "PATCH /tenants/user-groups",
      { group_name: "g1", tenant_name: "t2", role: "user" },
    ],
    ["tenants remove-user-group g1 -t t2", "DELETE /tenants/user-groups", { group_name: "g1", tenant_name: "t2" }],
    ["tokens delete abc", "DELETE /tokens/abc", ""],
    ["permissions allow --role viewer --permission x", "PUT /permissions/viewer/x", ""],
    ["permissions disallow --role viewer --permission x", "DELETE /permissions/viewer/x", ""],
  ])("%s", async (line, route, body) => {
    const manager = fakeManager().on(route, { body });
    expect(await cfy(line, { manager })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^.+\n$/) });
  });

  it("adds a new user to a tenant only with a role in it", async () => {
    expect((await cfy("users create bob -p secret -t t2")).code).toBe(2);
    const manager = fakeManager()
      .on("PUT /users")
      .on("PUT /tenants/users", { body: { username: "bob", tenant_name: "t2", role: "viewer" } });
    expect((await cfy("users create bob -p secret -t t2 -l viewer", { manager })).code).toBe(0);
  });
});

describe("lists", () => {
  it.each([
    ["users list", "/users", { _sort: "username", _get_data: "False" }],
    ["users list --get-data --descending", "/users", { _sort: "-username", _get_data: "True" }],
    ["user-groups list --search g", "/user-groups", { _sort: "name", _search: "g" }],
    ["tenants list -s 5 -o 10", "/tenants", { _size: "5", _offset: "10" }],
    ["tokens list", "/tokens", {}],
  ])("%s asks for its page", async (line, path, query) => {
    const manager = fakeManager().list(path, [], { query });
    expect(await cfy(`${line} --json`, { manager })).toMatchObject({ code: 0, stdout: "[\n\n]\n" });
  });

  it("tell of roles by tenant when everything is asked for", async () => {
    const user = { username: "bob", role: "default", tenant_roles: { direct: { t2: "viewer" }, groups: {} } };
    const manager = fakeManager().list("/users", [user]);
    const ran = await cfy("users list --get-data --json --columns username,user_tenants", { manager });
    expect(JSON.parse(ran.stdout)).toEqual([{ username: "bob", user_tenants: { t2: "viewer" } }]);
  });

  it("say whose the tokens are when they are not all of one user", async () => {
    const tokens = ["alice", "bob"].map((username, id) => ({ id: String(id), username, role: "default" }));
    const manager = fakeManager().list("/tokens", tokens);
    const ran = await cfy("tokens list --format csv --columns id,username", { manager });
    expect(ran.stdout).toBe("id,username\n0,alice\n1,bob\n");
  });

  it("gather the roles of each permission", async () => {
    const items = [
      { role: "viewer", permission: "a" },
      { role: "user", permission: "b" },
      { role: "user", permission: "a" },
    ];
    const ran = await cfy("permissions list --json", { manager: fakeManager().list("/permissions", items) });
    expect(JSON.parse(ran.stdout)).toEqual([
      { permission: "a", roles: ["viewer", "user"] },
      { permission: "b", roles: ["user"] },
    ]);
  });
});

it.each([
  ["bob", "GET /users/bob"],
  ["alice", "GET /user"],
])("users get %s, asked by alice, is %s: nobody needs a right to see themselves", async (name, route) => {
  const { env } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1", manager_username: "alice" });
  const manager = fakeManager().on(route, { answer: { username: name } });
  expect((await cfy(`users get ${name}`, { manager, env })).code).toBe(0);
});

it("users get without a name shows whom the profile is", async () => {
  const manager = fakeManager().on("GET /user", { answer: { username: "alice" } });
  expect((await cfy("users get", { manager })).code).toBe(0);
});

it.each(["users create bob", "users set-password bob"])("%s takes no empty password", async (line) => {
  expect((await cfy(`${line} --password ''`, { manager: fakeManager() })).code).toBe(2);
});

describe("tokens create", () => {
  it("shows the value, once", async () => {
    const manager = fakeManager().on("POST /tokens", {
      body: { description: "ci", expiration_date: "+1h" },
      answer: { id: "a", value: "ctok-a-secret" },
    });
    const ran = await cfy("tokens create -d ci -e +1h --columns value --format tsv --no-headers", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "ctok-a-secret\n" });
  });

  it.each(["+3 days", "+1day +30min", "2030-03-09 14:52", "14:52"])("lets %j through", async (expiry) => {
    const manager = fakeManager().on("POST /tokens", { body: { expiration_date: expiry } });
    expect((await cfy(["tokens", "create", "-e", expiry], { manager })).code).toBe(0);
  });

  it.each(["never", "1h", "2030-03-09", "+"])("refuses %j before it asks the server", async (expiry) => {
    expect((await cfy(["tokens", "create", "-e", expiry])).code).toBe(2);
  });
});
