import { expect, it } from "vitest";
import { tokenDigest } from "../../../../src/services/executions/execution-token.ts";
import { addExecution } from "../../../helpers/database.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager } from "../../../helpers/manager.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const COUNTS = {
  min_instances: 0,
  max_instances: -1,
  default_instances: 1,
  current_instances: 1,
  planned_instances: 1,
};
const db = { id: "db", type: "cloudify.nodes.Root", capabilities: { scalable: { properties: COUNTS } } };

/** A manager with a deployment of one node, `vm`, and the token of an update of it. */
async function updating() {
  const manager = await aManager();
  await aDeploymentIn(manager.database, "d1");
  await addExecution(manager.database, {
    id: "U1",
    deployment_id: "d1",
    workflow_id: "update",
    status: "started",
    token_hash: tokenDigest(TOKEN),
  });
  const headers = { "execution-token": TOKEN, tenant: "default_tenant", "x-network": "1" };
  const ids = async (path: string) =>
    (await manager.ask("GET", path)).body.items.map(({ id }: { id: string }) => id).toSorted();
  return { ...manager, headers, ids };
}

it("a deployment is given nodes and instances; an instance whose id is taken gets another", async () => {
  const { ask, ids } = await updating();
  expect(await ask("POST", "nodes", { deployment_id: "d1", nodes: [db] })).toMatchObject({ status: 201 });
  const instances = [
    { id: "db_1", node_id: "db" },
    { id: "vm_d1", node_id: "db" },
  ];
  const added = await ask("POST", "node-instances", { deployment_id: "d1", node_instances: instances });
  expect(added.status).toBe(201);
  expect(await ids("nodes?deployment_id=d1")).toEqual(["db", "vm"]);
  expect(await ids("node-instances?node_id=db")).toEqual(["db_1", expect.stringMatching(/^db_[0-9a-f]{6}$/)]);
  const listed = await ask("GET", "node-instances?node_id=db&_sort=index");
  expect(listed.body.items).toMatchObject([{ index: 1, state: "uninitialized" }, { index: 2 }]);
  expect((await ask("POST", "nodes", { deployment_id: "d1", nodes: [] })).status).toBe(204);
});

it.each([
  ["nodes", { nodes: [db, { id: "x", type: "t" }] }, 400, "bad_parameters_error"],
  ["nodes", { nodes: [{ ...db, id: "vm" }] }, 409, "conflict_error"],
  ["nodes", { nodes: {} }, 400, "bad_parameters_error"],
  ["node-instances", { node_instances: [{ id: "x", node_id: "nosuch" }] }, 404, "not_found_error"],
])("of %s %j none is added", async (path, body, status, code) => {
  const { ask, ids } = await updating();
  const refused = await ask("POST", path, { deployment_id: "d1", ...body });
  expect([refused.status, refused.body.error_code]).toEqual([status, code]);
  expect(await ids("nodes?deployment_id=d1")).toEqual(["vm"]);
});

it("an update changes and deletes nodes and instances of its deployment, and nobody else does", async () => {
  const { ask, headers, ids } = await updating();
  const requests = [
    ["PATCH", "nodes/d1/vm", { properties: { size: 2 } }],
    ["PATCH", "node-instances/vm_d1", { version: 1, relationships: [] }],
    ["DELETE", "node-instances/vm_d1", null],
    ["DELETE", "nodes/d1/vm", null],
  ] as const;
  for (const [method, path, body] of requests) {
    const refused = await ask(method, path, body);
    expect([refused.status, refused.body.error_code]).toEqual([403, "only_deployment_update"]);
  }
  expect((await ask("PATCH", "nodes/d1/vm", { properties: { size: 2 } }, headers)).status).toBe(204);
  expect((await ask("GET", "nodes?deployment_id=d1")).body.items).toMatchObject([{ properties: { size: 2 } }]);
  const relationships = [{ type: "connected_to", target_name: "db", target_id: "db_1" }];
  const patched = await ask("PATCH", "node-instances/vm_d1", { version: 1, relationships }, headers);
  expect(patched).toMatchObject({ status: 200, body: { version: 2, relationships } });
  expect((await ask("DELETE", "node-instances/vm_d1", null, headers)).status).toBe(204);
  expect((await ask("DELETE", "nodes/d1/vm", null, headers)).status).toBe(204);
  expect(await ids("nodes?deployment_id=d1")).toEqual([]);
});

it("who may only look adds nothing", async () => {
  const manager = await updating();
  await addUser(manager, "viv", "viewer");
  const refused = await manager.as("viv")("POST", "nodes", { deployment_id: "d1", nodes: [db] });
  expect([refused.status, refused.body.error_code]).toEqual([403, "forbidden_error"]);
});
