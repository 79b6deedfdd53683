import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../helpers/resources.ts";

const deployments = [
  { id: "d1", tenant_name: "t1" },
  { id: "d2", tenant_name: "t1" },
];

describe("agents list", () => {
  it.each([
    ["", { state: "started" }],
    [
      "--deployment-id d1 --node-id n1 --install-method remote",
      { deployment_id: "d1", node_ids: "n1", install_methods: "remote" },
    ],
  ])("%s asks for those agents", async (flags, query) => {
    const manager = fakeManager().list("/agents", [{ id: "a1" }], { query });
    expect((await cfy(`agents list ${flags} --format id`, { manager })).stdout).toBe("a1\n");
  });

  it("--all-states leaves the state open", async () => {
    const manager = fakeManager().list("/agents", []);
    await cfy("agents list --all-states", { manager });
    expect(manager.requests[0]?.query.map(([name]) => name)).not.toContain("state");
  });
});

describe("agents install", () => {
  it("starts one execution for each deployment, in its tenant, and leaves out those with a host that is not started", async () => {
    const hosts = [
      { id: "h1", host_id: "h1", deployment_id: "d1", state: "started" },
      { id: "h2", host_id: "h2", deployment_id: "d2", state: "deleted" },
      { id: "app", host_id: "h1", deployment_id: "d1", state: "deleted" },
    ];
    const manager = fakeManager()
      .list("/deployments", deployments, { query: { _all_tenants: "True" } })
      .list("/node-instances", hosts, { headers: { tenant: "t1" } })
      .on("POST /executions", { headers: { tenant: "t1" }, answer: anExecution({ deployment_id: "d1" }) });
    const ran = await cfy("agents install -a --stop-old-agent --no-wait --format csv --columns id,deployment_id", {
      manager,
    });
    expect(ran).toMatchObject({ code: 0, stdout: "id,deployment_id\nE1,d1\n" });
    expect(JSON.parse(manager.requests.at(-1)?.body ?? "")).toMatchObject({
      workflow_id: "install_new_agents",
      allow_custom_parameters: "true",
      parameters: { stop_old_agent: true, install_agent_timeout: 300 },
    });
  });

  it("of a node goes to the deployments that have one, and does not ask for evaluated properties", async () => {
    const nodes = [{ id: "n1", deployment_id: "d2", tenant_name: "t1" }];
    const manager = fakeManager()
      .list("/deployments", deployments)
      .list("/nodes", nodes, { query: { id: "n1", _evaluate_functions: "False" } })
      .list("/node-instances", [])
      .on("POST /executions", { answer: anExecution() });
    await cfy("agents install --node-id n1 --no-wait", { manager });
    expect(JSON.parse(manager.requests.at(-1)?.body ?? "")).toMatchObject({
      deployment_id: "d2",
      parameters: { node_ids: ["n1"] },
    });
  });

  it("names the node instances that are meant, and no others", async () => {
    const instances = [
      { id: "h1", tenant_name: "t1", deployment_id: "d1" },
      { id: "h2", tenant_name: "t1", deployment_id: "d1" },
    ];
    const manager = fakeManager().list("/node-instances", instances).on("POST /executions", { answer: anExecution() });
    await cfy("agents install --node-instance-id h1 --node-instance-id h2 --no-wait", { manager });
    expect(JSON.parse(manager.requests.at(-1)?.body ?? "").parameters).toEqual({
      node_instance_ids: ["h1", "h2"],
      install_agent_timeout: 300,
    });
  });
});

describe("agents validate", () => {
  it("exits as the worst execution came out", async () => {
    const manager = fakeManager()
      .list("/deployments", deployments, { query: { id: "d1" } })
      .on("POST /executions", { answer: anExecution({ id: "E1" }) })
      .on("POST /executions", { answer: anExecution({ id: "E2" }) })
      .on("GET /events", { answer: page([]), times: "any" });
    for (const [id, status] of [
      ["E1", "terminated"],
      ["E2", "failed"],
    ] as const) {
      manager.on(`GET /executions/${id}`, { answer: anExecution({ id, status, started_at: null }), times: "any" });
    }
    const line = "agents validate --deployment-id d1 --deployment-id d2 --format csv --columns id,status";
    const ran = await cfy(line, { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 1, stdout: "id,status\nE1,terminated\nE2,failed\n" });
  });

  it("says which deployment does not exist", async () => {
    const manager = fakeManager().list("/deployments", []);
    expect(await cfy("agents validate --deployment-id nope", { manager })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("nope"),
    });
  });

  it("finds nothing to do an error", async () => {
    expect((await cfy("agents validate", { manager: fakeManager().list("/deployments", []) })).code).toBe(5);
  });
});
