import { describe, expect, it } from "vitest";
import { addExecution } from "../../../helpers/database.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { aManager, type Manager } from "../../../helpers/manager.ts";

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
