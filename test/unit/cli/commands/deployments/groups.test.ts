import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { page } from "../../../../helpers/resources.ts";

const group = { id: "g1", deployment_ids: ["d1", "d2"], description: null, default_blueprint_id: "app", labels: [] };
const nobody = { deployment_ids: null, filter_id: null, filter_rules: [], deployments_from_group: null };
const unchanged = { visibility: "tenant", description: null, blueprint_id: null, default_inputs: null, labels: null };
const noMembers = { filter_id: null, deployment_ids: null, new_deployments: null, deployments_from_group: null };

describe("deployments groups", () => {
  it.each([
    [
      "create g1 -b app -i port=80",
      "PUT /deployment-groups/g1",
      { ...unchanged, ...noMembers, blueprint_id: "app", default_inputs: { port: "80" } },
    ],
    ["create g1", "PUT /deployment-groups/g1", { ...unchanged, ...noMembers, default_inputs: {} }],
    ["update g1 --description x", "PUT /deployment-groups/g1", { ...unchanged, ...noMembers, description: "x" }],
    ["extend g1 --count 2", "PATCH /deployment-groups/g1", { add: { ...nobody, new_deployments: [{}, {}] } }],
    [
      "extend g1 -d a -d b",
      "PATCH /deployment-groups/g1",
      { add: { ...nobody, deployment_ids: ["a", "b"], new_deployments: null } },
    ],
    [
      "shrink g1 --from-group g2",
      "PATCH /deployment-groups/g1",
      { remove: { ...nobody, deployment_ids: [], deployments_from_group: "g2" } },
    ],
  ])("%s", async (line, route, body) => {
    const manager = fakeManager().on(route, { body, answer: group });
    const ran = await cfy(`deployments groups ${line}`, { manager });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("deployments: 2") });
  });

  it.each(["extend g1", "shrink g1", "extend g1 --count 0", "extend g1 --count 2 --into-environments g2"])(
    "%s is a mistake",
    async (line) => {
      expect((await cfy(`deployments groups ${line}`)).code).toBe(2);
    },
  );

  it("extend makes one inside each environment of another group", async () => {
    const inside = { id: "{uuid}", display_name: "{blueprint_id}-{uuid}" };
    const new_deployments = ["e1", "e2"].map((id) => ({ ...inside, labels: [{ "csys-obj-parent": id }] }));
    const manager = fakeManager()
      .on("GET /deployments", { query: { _group_id: "env" }, answer: page([{ id: "e1" }, { id: "e2" }]) })
      .on("PATCH /deployment-groups/g1", { body: { add: { ...nobody, new_deployments } }, answer: group });
    expect((await cfy("deployments groups extend g1 --into-environments env", { manager })).code).toBe(0);
  });

  it("extend asks for many new ones in batches", async () => {
    const manager = fakeManager().on("PATCH /deployment-groups/g1", { answer: group, times: 3 });
    expect((await cfy("deployments groups extend g1 --count 12000", { manager })).code).toBe(0);
    const counts = manager.requests.map(({ body }) => JSON.parse(body).add.new_deployments.length);
    expect(counts).toEqual([5000, 5000, 2000]);
  });

  it("delete says which executions delete the deployments", async () => {
    const query = { delete_deployments: "True", force: "False", delete_logs: "False", recursive: "False" };
    const manager = fakeManager().on("DELETE /deployment-groups/g1", { query, answer: { execution_group_id: "eg1" } });
    const ran = await cfy("deployments groups delete g1 --delete-deployments --json", { manager });
    expect(JSON.parse(ran.stdout)).toEqual({ deleted: "g1", execution_group_id: "eg1" });
  });

  it("update-deployments starts an update of each, of a blueprint that exists", async () => {
    const manager = fakeManager()
      .on("GET /blueprints/app-2", { answer: { id: "app-2" } })
      .on("POST /execution-groups", { answer: { id: "eg1", workflow_id: "csys_update_deployment" } });
    const ran = await cfy("deployments groups update-deployments g1 -b app-2 --skip-heal -i port=81", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("eg1") });
    expect(JSON.parse(manager.requests.at(-1)?.body ?? "")).toMatchObject({
      deployment_group_id: "g1",
      workflow_id: "csys_update_deployment",
      default_parameters: { blueprint_id: "app-2", inputs: { port: "81" }, skip_heal: true, update_plugins: true },
      concurrency: 5,
    });
  });
});
