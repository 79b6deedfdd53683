import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

const broker = {
  name: "rabbitmq",
  host: "10.0.0.1",
  port: 5671,
  networks: {},
  is_external: false,
  username: "u",
  password: "hush",
};

/** A cluster whose hosts may be asked for again and again. */
const cluster = () =>
  fakeManager()
    .list("/managers", [{ hostname: "m1", public_ip: "10.0.0.1", private_ip: "10.1.0.1" }], { times: "any" })
    .list("/brokers", [broker], { times: "any" })
    .list("/db-nodes", [{ name: "db1", host: "10.0.0.5", is_external: true }], { times: "any" });

describe("cluster", () => {
  it.each([
    ["managers list", [{ hostname: "m1", public_ip: "10.0.0.1" }]],
    ["brokers list", [{ name: "rabbitmq", host: "10.0.0.1" }]],
    ["db-nodes list", [{ name: "db1", is_external: true }]],
  ])("%s shows what there is and brings the profile up to date", async (line, rows) => {
    const { env, profiles } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const manager = cluster();
    const ran = await cfy(`cluster ${line} --json`, { env, manager });
    expect([ran.code, JSON.parse(ran.stdout)]).toEqual([0, rows.map((row) => expect.objectContaining(row))]);
    expect((await profiles.get("c")).cluster.manager).toMatchObject([{ hostname: "m1", host_ip: "10.0.0.1" }]);
  });

  it("status is a table of services, and in JSON all that is known of them", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const answer = { status: "OK", services: { db: { status: "OK", is_external: false, nodes: {} } } };
    const asked = () => cluster().on("GET /cluster-status", { query: { summary: "False" }, answer });
    const { stdout } = await cfy("cluster status --json", { env, manager: asked() });
    expect(JSON.parse(stdout)).toEqual(answer);
    expect((await cfy("cluster status", { env, manager: asked() })).stdout).toMatch(/\| +db +\| +OK +\|/);
  });

  it("shows the usual port of a broker that names none", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const manager = fakeManager()
      .list("/managers", [], { times: "any" })
      .list("/brokers", [{ ...broker, port: 0 }], { times: "any" })
      .list("/db-nodes", [], { times: "any" });
    const ran = await cfy("cluster brokers list --json", { env, manager });
    expect(JSON.parse(ran.stdout)).toMatchObject([{ port: 5671 }]);
  });

  it("never shows a broker's password", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    for (const format of ["json", "csv", "table -x"]) {
      expect(
        (await cfy(`cluster brokers get rabbitmq --format ${format}`, { env, manager: cluster() })).stdout,
      ).not.toContain("hush");
    }
  });

  it("says which brokers there are", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    expect(await cfy("cluster brokers get nosuch", { env, manager: cluster() })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("rabbitmq"),
    });
  });

  it("takes a manager out", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const manager = cluster().on("DELETE /managers/m1", { answer: { hostname: "m1" } });
    expect((await cfy("cluster remove m1", { env, manager })).code).toBe(0);
  });

  it.each([
    ["remove m2", "It has: m1"],
    ["brokers remove nosuch", "It has: rabbitmq"],
    ["brokers update nosuch -n a=10.0.0.8", "It has: rabbitmq"],
  ])("%s is refused before the cluster is asked for it", async (line, members) => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const ran = await cfy(`cluster ${line}`, { env, manager: cluster() });
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining(members) });
  });

  it("says so when there is none of the kind", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const manager = fakeManager().list("/managers", []).list("/db-nodes", []).list("/brokers", [], { times: "any" });
    const ran = await cfy("cluster brokers get nosuch", { env, manager });
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining("  It has no brokers\n") });
  });
});

describe("status", () => {
  it("lists services, and warns of maintenance", async () => {
    const manager = fakeManager()
      .on("GET /status", { answer: { status: "OK", services: { PostgreSQL: { status: "Active", is_remote: false } } } })
      .on("GET /maintenance", { answer: { status: "activated" } });
    const ran = await cfy("status --json", { manager });
    expect(JSON.parse(ran.stdout)).toEqual([{ service: "PostgreSQL", status: "Active" }]);
    expect(ran.stderr).toContain("maintenance");
  });

  it("exits as the refusal says", async () => {
    const manager = fakeManager().on("GET /status", {
      status: 401,
      answer: { message: "no", error_code: "unauthorized_error" },
    });
    expect((await cfy("status", { manager })).code).toBe(4);
  });
});

describe("changes to a cluster", () => {
  it.each([
    ["cluster brokers add b2 10.0.0.7", "POST /brokers", { name: "b2", address: "10.0.0.7" }],
    [
      "cluster brokers add b2 10.0.0.7 --port 5672 -n a=10.0.0.7",
      "POST /brokers",
      { name: "b2", address: "10.0.0.7", port: 5672, networks: { a: "10.0.0.7" } },
    ],
    ["cluster brokers update rabbitmq -n a=10.0.0.8", "PUT /brokers/rabbitmq", { networks: { a: "10.0.0.8" } }],
    ["cluster brokers remove rabbitmq", "DELETE /brokers/rabbitmq", ""],
    ["db-nodes update --json", "POST /db-nodes", { action: "update" }],
  ])("%s", async (line, route, body) => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    const manager = cluster().on(route, { body, answer: { items: [] } });
    expect((await cfy(line, { env, manager })).code).toBe(0);
  });
});

it("community register tells the server the customer id that it got", async () => {
  const contact = { first_name: "A", last_name: "L", email: "a@l", phone: "5", is_eula: true };
  const manager = fakeManager()
    .on("POST /contacts", { body: contact, answer: { customer_id: "C1" } })
    .on("POST /license", { body: { customer_id: "C1" } });
  const ran = await cfy("community register -f A -l L -e a@l -p 5 -a --json", { manager });
  expect(ran).toMatchObject({ code: 0, stdout: '{"customer_id": "C1"}\n' });
});
