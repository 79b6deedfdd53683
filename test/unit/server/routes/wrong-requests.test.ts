import { describe, expect, it } from "vitest";
import { addExecution } from "../../../helpers/database.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager, type Manager } from "../../../helpers/manager.ts";

async function withDeployment(): Promise<Manager> {
  const manager = await aManager();
  await aDeploymentIn(manager.database, "d1");
  await manager.ask("PUT", "secrets/k1", { value: "v" });
  return manager;
}

describe("a request that changes things, without a JSON object", () => {
  it.each([
    ["DELETE", "executions"],
    ["POST", "tokens"],
    ["PUT", "sites/s1"],
    ["PUT", "deployment-groups/g1"],
    ["PATCH", "secrets/k1"],
    ["POST", "deployment-updates/d1/update/initiate"],
    ["POST", "searches/deployments"],
  ] as const)("is refused: %s %s", async (method, path) => {
    const { ask } = await withDeployment();
    for (const body of [undefined, [1]]) {
      const { status, body: told } = await ask(method, path, body);
      expect([status, told.error_code]).toEqual([400, "bad_parameters_error"]);
    }
  });

  it("deletes no executions", async () => {
    const { ask, database } = await withDeployment();
    await addExecution(database, { id: "E1", deployment_id: "d1", status: "terminated" });
    await ask("DELETE", "executions");
    expect(await database.read.executions.get("E1")).toBeDefined();
    expect((await ask("DELETE", "executions", {})).body.items).toEqual([{ count: 1 }]);
  });
});

describe("an id that the caller chooses", () => {
  it.each([
    ["PUT", "deployment-groups/g1", { blueprint_id: "bp", new_deployments: [{ id: ".." }] }],
    ["PUT", "deployment-groups/g1", { blueprint_id: "bp", new_deployments: [{ id: "." }] }],
    ["POST", "executions", { deployment_id: "d1", workflow_id: "install", id: "../../files" }],
    ["POST", "executions", { deployment_id: "d1", workflow_id: "install", id: ".." }],
    [
      "POST",
      "tasks_graphs/tasks_graphs",
      { execution_id: "E1", name: "g", operations: [{ id: "../E2", name: "n", type: "RemoteTask" }] },
    ],
  ] as const)("names no other folder: %s %s", async (method, path, body) => {
    const { ask, database } = await withDeployment();
    await addExecution(database, { id: "E1", deployment_id: "d1", status: "started" });
    const { status, body: told } = await ask(method, path, body);
    expect([status, told.error_code]).toEqual([400, "bad_parameters_error"]);
  });

  it("is not taken twice for executions", async () => {
    const { ask, database } = await withDeployment();
    await addExecution(database, { id: "E1", deployment_id: "d1", status: "terminated" });
    const { status, body } = await ask("POST", "executions", {
      deployment_id: "d1",
      workflow_id: "install",
      id: "E1",
    });
    expect([status, body.error_code]).toEqual([409, "conflict_error"]);
  });
});

describe("the stored tasks of an execution", () => {
  it("are changed by those who may change executions, and looked at by others", async () => {
    const manager = await withDeployment();
    await addExecution(manager.database, { id: "E1", deployment_id: "d1", status: "started" });
    const graph = { execution_id: "E1", name: "g", operations: [{ id: "O1", name: "n", type: "RemoteTask" }] };
    await addUser(manager, "vera", "viewer");
    await addUser(manager, "olaf", "operations");
    const [vera, olaf] = [manager.as("vera"), manager.as("olaf")];
    expect((await vera("POST", "tasks_graphs/tasks_graphs", graph)).status).toBe(403);
    const { body } = await olaf("POST", "tasks_graphs/tasks_graphs", graph);
    const task = { graph_id: body.id, name: "n", type: "RemoteTask" };
    expect((await vera("GET", "operations/O1")).status).toBe(200);
    expect((await vera("PUT", "operations/O2", task)).status).toBe(403);
    expect((await vera("PATCH", "operations/O1", { state: "failed" })).status).toBe(403);
    expect((await vera("DELETE", "operations/O1")).status).toBe(403);
    expect((await olaf("PATCH", "operations/O1", { state: "started" })).status).toBe(200);
  });
});

describe("a value of another type than the key has", () => {
  const START = { deployment_id: "d1", workflow_id: "install" };
  const SCHEDULE = { workflow_id: "install", since: "2099-01-01", recurrence: "1 week" };
  const DEPENDENCY = { dependency_creator: "c", source_deployment: "d1", target_deployment: "d1" };
  it.each([
    ["POST", "executions", { ...START, wait_after_fail: true }],
    ["POST", "executions", { ...START, wait_after_fail: [1] }],
    ["POST", "execution-groups", { deployment_group_id: "g1", workflow_id: null }],
    ["PUT", "execution-schedules/s1?deployment_id=d1", { ...SCHEDULE, weekdays: 5 }],
    ["PUT", "execution-schedules/s1?deployment_id=d1", { ...SCHEDULE, count: true }],
    ["PUT", "execution-schedules/s1?deployment_id=d1", { ...SCHEDULE, slip: [1] }],
    ["PUT", "deployments/inter-deployment-dependencies", { ...DEPENDENCY, dependency_creator: null }],
    ["PATCH", "secrets/k1", { is_hidden_value: 5 }],
    ["POST", "secrets/share/import", { secrets_list: [], override_collisions: "maybe" }],
    ["POST", "searches/deployments", { constraints: 5 }],
    ["PUT", "user-groups/users", { group_name: true, username: "admin" }],
    ["PATCH", "blueprints/bp", { description: true }],
    ["PATCH", "blueprints/bp", { main_file_name: ["a"] }],
  ] as const)("is refused: %s %s %j", async (method, path, body) => {
    const { ask } = await withDeployment();
    const { status, body: told } = await ask(method, path, body);
    expect([status, told.error_code]).toEqual([400, "bad_parameters_error"]);
  });

  it.each(["labels={bad", "labels=5", "visibility=nobody", "async_upload=maybe"])(
    "is refused when a blueprint is uploaded with it: %s",
    async (query) => {
      const { app } = await aManager();
      const upload = { method: "PUT", url: `/api/v3.1/blueprints/b1?${query}`, payload: "archive" } as const;
      const { statusCode, body } = await app.inject({
        ...upload,
        headers: { "content-type": "application/octet-stream" },
      });
      expect([statusCode, JSON.parse(body).error_code]).toEqual([400, "bad_parameters_error"]);
    },
  );

  it("leaves the server running", async () => {
    const { ask } = await withDeployment();
    await ask("PATCH", "blueprints/bp", { description: true });
    expect((await ask("GET", "blueprints/bp")).status).toBe(200);
  });
});
