import { expect, it } from "vitest";
import { addExecution } from "../../../helpers/database.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { aManager } from "../../../helpers/manager.ts";

async function world() {
  const manager = await aManager();
  const { database, ask } = manager;
  await aDeploymentIn(database, "d1");
  await aDeploymentIn(database, "d2");
  await addExecution(database, { id: "E1", deployment_id: "d1", status: "terminated" });
  await addExecution(database, { id: "E2", deployment_id: "d1", status: "failed" });
  await addExecution(database, { id: "E3", deployment_id: "d2", status: "failed" });
  const counts = async (query: string) => (await ask("GET", `summary/executions?_target_field=status&${query}`)).body;
  return { ...manager, counts };
}

it("a summary counts what its filters leave", async () => {
  const { counts } = await world();
  expect((await counts("deployment_id=d1")).items).toEqual([
    { status: "terminated", executions: 1 },
    { status: "failed", executions: 1 },
  ]);
  expect((await counts("status=failed&deployment_id=d1&deployment_id=d2")).items).toEqual([
    { status: "failed", executions: 2 },
  ]);
  expect((await counts("execution_group_id=nosuch")).items).toEqual([]);
  expect(await counts("nosuch=1")).toMatchObject({ error_code: "bad_parameters_error" });
});

it("a summary comes in pages like any list", async () => {
  const { ask, counts } = await world();
  expect(await counts("_size=1&_offset=1")).toEqual({
    items: [{ status: "failed", executions: 2 }],
    metadata: { pagination: { total: 2, size: 1, offset: 1 } },
  });
  await ask("PUT", "config/default_page_size", { value: 999 });
  expect((await counts("")).metadata.pagination.size).toBe(999);
});

it("the server's own filters tell environments from services, and cannot be changed", async () => {
  const { ask } = await world();
  await ask("PATCH", "deployments/d1", { labels: [{ "csys-obj-type": "environment" }] });
  const listed = async (id: string) =>
    (await ask("GET", `deployments?_filter_id=${id}&_include=id`)).body.items.map((item: { id: string }) => item.id);
  expect(await listed("csys-environment-filter")).toEqual(["d1"]);
  expect(await listed("csys-service-filter")).toEqual(["d2"]);
  expect(await ask("DELETE", "filters/deployments/csys-service-filter")).toMatchObject({ status: 400 });
});

it("what a deployment consists of is seen by whoever sees the deployment; what was done before stays private", async () => {
  const { ask, database } = await world();
  await database.unitOfWork(async (tx) => {
    const hidden = { visibility: "private" } as const;
    await tx.deployments.update("default_tenant", "d1", hidden);
    for (const parts of [tx.nodes, tx.nodeInstances]) await parts.updateAll("default_tenant", "d1", hidden);
    await tx.executions.update("E1", hidden);
  });
  expect((await ask("PATCH", "deployments/d1/set-visibility", { visibility: "tenant" })).status).toBe(200);
  const visibilities = async (path: string) =>
    (await ask("GET", path)).body.items.map((item: { visibility: string }) => item.visibility);
  expect(await visibilities("nodes?deployment_id=d1")).toEqual(["tenant"]);
  expect(await visibilities("node-instances?deployment_id=d1")).toEqual(["tenant"]);
  expect(await visibilities("executions?id=E1")).toEqual(["private"]);
});
