import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { create } from "tar";
import { describe, expect, it } from "vitest";
import type { ClusterNode } from "../../../../src/cli/profiles/profile.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

const ADMIN = "Basic YWRtaW46c2VjcmV0";
const refused = {
  message: "Wrong credentials or locked account",
  error_code: "unauthorized_error",
  server_traceback: null,
};

/** A manager that knows admin/secret, alone in its cluster. */
function manager() {
  return fakeManager()
    .on("GET /status", { headers: { authorization: ADMIN }, answer: { status: "OK", services: {} } })
    .on("GET /provider/context", { answer: { name: "provider", context: { region: "here" } } })
    .list("/managers", [{ hostname: "m1", public_ip: "10.0.0.1", private_ip: "10.1.0.1" }])
    .list("/brokers", [{ name: "rabbitmq", host: "10.0.0.1" }])
    .list("/db-nodes", []);
}

const addressOf = async (fake: ReturnType<typeof fakeManager>) => {
  const { host, port } = await fake.endpoint();
  return `${host} --rest-port ${port}`;
};

it("a profile can be made read-only and writable again, without asking its manager", async () => {
  const { env, profiles } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
  const before = await profiles.get("prod");
  expect(await cfy("profiles set --read-only", { env })).toMatchObject({ code: 0 });
  expect(await profiles.get("prod")).toEqual({ ...before, read_only: true });
  expect(JSON.parse((await cfy("profiles show-current --json", { env })).stdout)).toMatchObject({ read_only: true });
  expect(await cfy("profiles unset --read-only", { env })).toMatchObject({ code: 0 });
  expect(await profiles.get("prod")).toEqual(before);
});

describe("profiles use", () => {
  it("of a name that is no profile says which there are, and how to make one", async () => {
    const { env } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
    const { code, stderr } = await cfy("profiles use prdo", { env });
    expect(code).toBe(4);
    expect(stderr).toContain("There is no profile prdo, and a new one needs credentials\n  Profiles: prod\n");
    expect(stderr).toContain("cfy profiles use prdo -u USER");
  });

  it.each([
    ["-u admin", "--password-stdin reads it from standard input"],
    ["-p secret", "Give -u USER"],
  ])("with %s alone and nobody to ask says how to give the rest", async (given, hint) => {
    const { env } = await cfyHome();
    const { code, stderr } = await cfy(`profiles use 10.0.0.1 ${given}`, { env });
    expect(code).toBe(4);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain("cfy profiles set");
  });

  it("asks the manager, saves a profile that the owner alone can read, and uses it", async () => {
    const { env, profiles } = await cfyHome();
    const fake = manager();
    const ran = await cfy(`profiles use ${await addressOf(fake)} -u admin -p secret --profile-name prod`, { env });
    fake.verify();
    expect(ran).toMatchObject({ code: 0, stdout: "" });
    expect(ran.stderr).not.toContain("secret");
    expect(await profiles.active()).toBe("prod");
    expect(await profiles.get("prod")).toMatchObject({
      manager_username: "admin",
      manager_password: "secret",
      manager_tenant: "default_tenant",
      rest_protocol: "http",
      provider_context: { region: "here" },
      cluster: {
        manager: [{ hostname: "m1", host_ip: "10.0.0.1", host_type: "manager" }],
        broker: [{ hostname: "rabbitmq", host_ip: "10.0.0.1", host_type: "broker" }],
      },
    });
  });

  it("keeps no host of which the manager does not say where it is", async () => {
    const { env, profiles } = await cfyHome();
    const fake = fakeManager()
      .on("GET /status", { answer: { status: "OK", services: {} } })
      .on("GET /provider/context", { answer: { name: "provider", context: {} } })
      .list("/managers", [{}, { private_ip: "10.0.0.2" }])
      .on("GET /brokers", { answer: {} })
      .list("/db-nodes", [{ name: "db1" }]);
    const { code, stderr } = await cfy(`profiles use ${await addressOf(fake)} -u admin -p secret`, { env });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("undefined")]);
    const [name = ""] = await profiles.names();
    expect((await profiles.get(name)).cluster).toEqual({
      manager: [{ hostname: "10.0.0.2", host_ip: "10.0.0.2", host_type: "manager" }],
    });
  });

  it("saves nothing when the manager refuses", async () => {
    const { env, profiles } = await cfyHome();
    const fake = fakeManager().on("GET /status", { status: 401, answer: refused });
    const ran = await cfy(`profiles use ${await addressOf(fake)} -u admin -p wrong`, { env });
    expect(ran).toMatchObject({ code: 4, stderr: expect.stringContaining("Nothing was saved") });
    expect([await profiles.names(), await profiles.active()]).toEqual([[], undefined]);
  });

  it("saves it all the same when told to", async () => {
    const { env, profiles } = await cfyHome();
    const fake = fakeManager().on("GET /status", { status: 401, answer: refused });
    const ran = await cfy(`profiles use ${await addressOf(fake)} -u admin -p wrong --skip-credentials-validation`, {
      env,
    });
    fake.verify();
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("Warning") });
    expect(await profiles.active()).toBe("127.0.0.1");
  });

  it.each([
    ["the password from standard input", "-u admin --password-stdin", "secret\n", {}],
    ["the password from who sits there", "-u admin", "secret", { tty: 80 }],
  ])("takes %s", async (_where, flags, stdin, more) => {
    const { env } = await cfyHome();
    const fake = manager();
    const ran = await cfy(`profiles use ${await addressOf(fake)} ${flags}`, { env, stdin, ...more });
    fake.verify();
    expect(ran).toMatchObject({ code: 0, stdout: "" });
    expect(ran.stderr).not.toContain("secret");
  });

  it("takes a token from a file", async () => {
    const { env, profiles, directory } = await cfyHome();
    const file = join(directory, "token");
    writeFileSync(file, "ctok-1\n");
    const fake = fakeManager().on("GET /status", {
      headers: { "authentication-token": "ctok-1" },
      status: 500,
      answer: refused,
    });
    await cfy(`profiles use ${await addressOf(fake)} --token-file ${file} --skip-credentials-validation`, { env });
    fake.verify();
    expect(await profiles.get("127.0.0.1")).toMatchObject({ manager_token: "ctok-1", manager_username: null });
  });

  it("only switches to a profile that exists", async () => {
    const { env, profiles } = await cfyHome({ name: "old", manager_ip: "10.0.0.9", manager_username: "bob" });
    await profiles.use("local");
    const ran = await cfy("profiles use old -u alice -p x", { env });
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("used as it is") });
    expect([await profiles.active(), (await profiles.get("old")).manager_username]).toEqual(["old", "bob"]);
  });

  it("shows how to write what was given as a URL", async () => {
    const { env } = await cfyHome();
    expect(await cfy("profiles use https://manager.example.com:8443/", { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("cfy profiles use manager.example.com --ssl --rest-port 8443"),
    });
  });

  it("goes back to the server of this machine", async () => {
    const { env, profiles } = await cfyHome({ name: "old", manager_ip: "10.0.0.9" });
    expect((await cfy("profiles use local", { env })).code).toBe(0);
    expect(await profiles.active()).toBe("local");
  });
});

describe("profiles list", () => {
  it("shows the others when one cannot be read, and says which", async () => {
    const { env, directory } = await cfyHome({ name: "good", manager_ip: "10.0.0.1" });
    mkdirSync(join(directory, ".cloudify/profiles/broken"));
    writeFileSync(join(directory, ".cloudify/profiles/broken/context.json"), "{");
    const { code, stdout, stderr } = await cfy("profiles list --json --columns name", { env });
    expect([code, JSON.parse(stdout)]).toEqual([0, [{ name: "*good" }]]);
    expect(stderr).toContain("Profile broken cannot be read");
  });

  it("marks the one in use and shows no secret", async () => {
    const { env } = await cfyHome({
      name: "prod",
      manager_ip: "10.0.0.1",
      manager_password: "hush",
      manager_token: "ctok-9",
    });
    const ran = await cfy("profiles list --json", { env });
    expect(JSON.parse(ran.stdout)).toMatchObject([{ name: "*prod", manager_ip: "10.0.0.1" }]);
    expect(ran.stdout).not.toMatch(/hush|ctok/);
  });
});

describe("profiles show-current", () => {
  const node = (hostname: string, host_ip: string): ClusterNode => ({ hostname, host_ip, host_type: "manager" });

  it("has a row for each manager of a cluster, and says what the environment overrules", async () => {
    const manager = [node("m1", "10.0.0.1"), { ...node("m2", "10.0.0.2"), rest_port: 8443 }];
    const { env } = await cfyHome({
      name: "c",
      manager_ip: "10.0.0.1",
      manager_username: "u",
      manager_password: "p",
      manager_tenant: "t1",
      cluster: { manager },
    });
    const ran = await cfy("profiles show-current --format csv", { env: { ...env, CLOUDIFY_TENANT: "t2" } });
    expect(ran.stdout.split("\n").slice(1, 3)).toEqual([
      expect.stringMatching(/^c,m1,10\.0\.0\.1,.*80/),
      expect.stringMatching(/^c,m2,10\.0\.0\.2,.*8443/),
    ]);
  });

  it("speaks of the server of this machine where no manager was chosen", async () => {
    const { env } = await cfyHome();
    expect(JSON.parse((await cfy("profiles show-current --json", { env })).stdout)).toMatchObject({ name: "local" });
  });
});

describe("profiles set", () => {
  const saved = async (fake: ReturnType<typeof fakeManager>) => {
    const { host, port } = await fake.endpoint();
    return cfyHome({ name: "prod", manager_ip: host, rest_port: port, manager_token: "ctok-1" });
  };

  it("asks the manager first, and one way to authenticate takes the place of the other", async () => {
    const fake = fakeManager().on("GET /status", { headers: { authorization: ADMIN } });
    const { env, profiles } = await saved(fake);
    const ran = await cfy("profiles set -u admin -p secret", { env });
    fake.verify();
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain("secret");
    expect(await profiles.get("prod")).toMatchObject({
      manager_username: "admin",
      manager_password: "secret",
      manager_token: null,
    });
  });

  it("changes nothing when the manager refuses", async () => {
    const fake = fakeManager().on("GET /status", { status: 401, answer: refused });
    const { env, profiles } = await saved(fake);
    expect((await cfy("profiles set -u admin -p wrong", { env })).code).toBe(4);
    expect(await profiles.get("prod")).toMatchObject({ manager_username: null, manager_token: "ctok-1" });
  });

  it.each([
    ["--ssl on", { rest_protocol: "https", rest_port: 443 }],
    ["--ssl off", { rest_protocol: "http", rest_port: 80 }],
    ["--ssl on --rest-port 8443", { rest_protocol: "https", rest_port: 8443 }],
    ["-t t2 -s centos", { manager_tenant: "t2", ssh_user: "centos" }],
  ])("%s sets protocol, port and the like", async (flags, expected) => {
    const { env, profiles } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
    expect((await cfy(`profiles set ${flags} --skip-credentials-validation`, { env })).code).toBe(0);
    expect(await profiles.get("prod")).toMatchObject(expected);
  });

  it("gives the profile another name, and it stays in use", async () => {
    const { env, profiles } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
    expect((await cfy("profiles set --profile-name live", { env })).code).toBe(0);
    expect([await profiles.names(), await profiles.active()]).toEqual([["live"], "live"]);
  });

  it.each([
    ["", 2],
    ["--profile-name local", 2],
    ["--profile-name other", 6],
    ["--manager-token t -u bob", 2],
  ])("refuses %j", async (flags, code) => {
    const { env, profiles } = await cfyHome({ name: "other", manager_ip: "10.0.0.2" });
    await profiles.save({ ...(await profiles.get("other")), name: "prod" });
    await profiles.use("prod");
    expect((await cfy(`profiles set ${flags}`, { env })).code).toBe(code);
  });

  it("needs a profile of a manager", async () => {
    const { env } = await cfyHome();
    expect(await cfy("profiles set -u bob -p x", { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("profiles use"),
    });
  });
});

describe("profiles unset", () => {
  it("takes credentials out; they then come from the environment", async () => {
    const fake = fakeManager().on("GET /status", { headers: { authorization: ADMIN } });
    const { host, port } = await fake.endpoint();
    const { env, profiles } = await cfyHome({
      name: "prod",
      manager_ip: host,
      rest_port: port,
      manager_username: "bob",
      manager_password: "x",
    });
    const credentials = { CLOUDIFY_USERNAME: "admin", CLOUDIFY_PASSWORD: "secret" };
    expect((await cfy("profiles unset -u -p", { env: { ...env, ...credentials } })).code).toBe(0);
    fake.verify();
    expect(await profiles.get("prod")).toMatchObject({ manager_username: null, manager_password: null });
  });

  it("wants to know what", async () => {
    const { env } = await cfyHome({ name: "prod" });
    expect((await cfy("profiles unset", { env })).code).toBe(2);
  });
});

describe("profiles delete", () => {
  it("deletes those that exist and says which do not", async () => {
    const { env, profiles } = await cfyHome({ name: "prod" });
    expect(await cfy("profiles delete prod nosuch", { env })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("nosuch"),
    });
    expect([await profiles.names(), await profiles.active()]).toEqual([[], "local"]);
  });
});

describe("profiles set-cluster", () => {
  it("changes one manager, and knows which there are", async () => {
    const manager: ClusterNode[] = [{ hostname: "m1", host_ip: "10.0.0.1", host_type: "manager" }];
    const { env, profiles } = await cfyHome({ name: "c", manager_ip: "10.0.0.1", cluster: { manager } });
    expect((await cfy("profiles set-cluster m1 -c /m1.pem", { env })).code).toBe(0);
    expect((await profiles.get("c")).cluster.manager).toEqual([{ ...manager[0], cert: "/m1.pem" }]);
    expect(await cfy("profiles set-cluster m9 -c /m1.pem", { env })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("m1"),
    });
  });
});

describe("profiles export and import", () => {
  it("carry profiles and their keys to another home", async () => {
    const key = "-----BEGIN KEY-----";
    const from = await cfyHome({ name: "prod", manager_ip: "10.0.0.1", manager_password: "secret" });
    const keyFile = join(from.directory, "id_rsa");
    writeFileSync(keyFile, key);
    await from.profiles.save({ ...(await from.profiles.get("prod")), ssh_key: keyFile });
    const archive = join(from.directory, "out.tar.gz");
    expect((await cfy(`profiles export --include-keys -o ${archive}`, { env: from.env })).code).toBe(0);

    rmSync(keyFile);
    const to = await cfyHome({ name: "mine", manager_ip: "10.0.0.7" });
    expect((await cfy(`profiles import ${archive} --include-keys`, { env: to.env })).code).toBe(0);
    expect(await to.profiles.names()).toEqual(["mine", "prod"]);
    expect(await to.profiles.get("prod")).toEqual(await from.profiles.get("prod"));
    expect(readFileSync(keyFile, "utf8")).toBe(key);
    expect([archive, keyFile].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it("leave keys where they are when they are not asked for, or when another one is there", async () => {
    const home = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
    const keyFile = join(home.directory, "id_rsa");
    writeFileSync(keyFile, "exported");
    await home.profiles.save({ ...(await home.profiles.get("prod")), ssh_key: keyFile });
    const archive = join(home.directory, "out.tar.gz");
    await cfy(`profiles export --include-keys -o ${archive}`, { env: home.env });
    rmSync(keyFile);
    const { code } = await cfy(`profiles import ${archive}`, { env: home.env });
    expect([code, existsSync(keyFile)]).toEqual([0, false]);
    writeFileSync(keyFile, "newer");
    const again = await cfy(`profiles import ${archive} --include-keys`, { env: home.env });
    expect([again.code, readFileSync(keyFile, "utf8")]).toEqual([0, "newer"]);
  });

  it("refuse what is no archive of profiles, and change nothing", async () => {
    const { env, profiles, directory } = await cfyHome({ name: "mine" });
    writeFileSync(join(directory, "other.txt"), "x");
    const archive = join(directory, "other.tar.gz");
    await create({ gzip: true, file: archive, cwd: directory }, ["other.txt"]);
    for (const [file, code] of [
      [archive, 1],
      [join(directory, "other.txt"), 1],
      [join(directory, "missing"), 5],
    ] as const) {
      expect((await cfy(`profiles import ${file}`, { env })).code).toBe(code);
    }
    expect(await profiles.names()).toEqual(["mine"]);
    expect(readdirSync(join(directory, ".cloudify")).sort()).toEqual(["active.profile", "profiles"]);
  });
});

describe("cluster update-profile", () => {
  it("adds new hosts, drops those that are gone, and keeps what was set for the others", async () => {
    const kept: ClusterNode = { hostname: "m1", host_ip: "10.0.0.1", host_type: "manager", cert: "/m1.pem" };
    const gone: ClusterNode = { hostname: "m0", host_ip: "10.0.0.9", host_type: "manager" };
    const { env, profiles } = await cfyHome({ name: "c", manager_ip: "10.0.0.1", cluster: { manager: [gone, kept] } });
    const fake = fakeManager()
      .list("/managers", [
        { hostname: "m1", public_ip: "10.0.0.1", private_ip: "10.1.0.1" },
        { hostname: "m2", public_ip: "", private_ip: "10.1.0.2" },
      ])
      .list("/brokers", [])
      .list("/db-nodes", [{ name: "db1", host: "10.0.0.5" }]);
    expect((await cfy("cluster update-profile", { env, manager: fake })).code).toBe(0);
    expect((await profiles.get("c")).cluster).toEqual({
      manager: [kept, { hostname: "m2", host_ip: "10.1.0.2", host_type: "manager" }],
      db: [{ hostname: "db1", host_ip: "10.0.0.5", host_type: "db" }],
    });
  });
});
