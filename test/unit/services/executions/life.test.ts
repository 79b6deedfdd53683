import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { actOnExecution } from "../../../../src/services/executions/act.ts";
import { type StartExecution, startExecution } from "../../../../src/services/executions/start.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import { setNodeInstanceState } from "../../../../src/services/node-instances/update.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const REQUEST: StartExecution = {
  deploymentId: "d1",
  workflowId: "install",
  parameters: {},
  allowCustomParameters: false,
  force: false,
  queue: false,
  dryRun: false,
  waitAfterFail: 600,
};
const start = (database: Database, request: Partial<StartExecution> = {}) =>
  database.unitOfWork((tx) => startExecution(tx, ADMIN, { ...REQUEST, ...request }));
const report = (database: Database, id: string, status: string, error?: string) =>
  database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status, error }));
const status = async (database: Database, id: string) => (await database.read.executions.get(id))?.status;

describe("an execution", () => {
  it("is pending, wakes a worker, and runs to its end", async () => {
    const { database, published } = await aDatabase();
    await aDeployment(database);
    const execution = await start(database);
    expect(execution).toMatchObject({
      status: "pending",
      error: null,
      started_at: null,
      deployment_id: "d1",
      blueprint_id: "bp",
    });
    expect(published).toEqual(expect.arrayContaining(["queue", `execution:${execution.id}`]));

    const started = await report(database, execution.id, "started");
    expect(started).toMatchObject({ status: "started", error: "", started_at: expect.any(String) });
    expect(await database.read.deployments.get("default_tenant", "d1")).toMatchObject({
      deployment_status: "in_progress",
      latest_execution: execution.id,
    });

    await database.unitOfWork((tx) => setNodeInstanceState(tx, "default_tenant", ["vm_d1"], "started"));
    const ended = await report(database, execution.id, "terminated");
    expect(ended).toMatchObject({ status: "terminated", status_display: "completed", ended_at: expect.any(String) });
    expect(await database.read.deployments.get("default_tenant", "d1")).toMatchObject({
      deployment_status: "good",
      installation_status: "active",
    });
  });

  it("that failed leaves a deployment that requires attention", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const { id } = await start(database);
    await report(database, id, "started");
    expect(await report(database, id, "failed", "no such host")).toMatchObject({ error: "no such host" });
    expect(await database.read.deployments.get("default_tenant", "d1")).toMatchObject({
      deployment_status: "requires_attention",
    });
  });

  it.each([
    ["of a deployment that does not exist", { deploymentId: "nosuch" }, "not_found_error"],
    ["of a workflow that does not exist", { workflowId: "nosuch" }, "nonexistent_workflow_error"],
    ["with an unknown parameter", { parameters: { x: 1 } }, "illegal_execution_parameters_error"],
  ])("%s is refused and nothing is stored", async (_, request, code) => {
    const { database } = await aDatabase();
    await aDeployment(database);
    await expect(start(database, request)).rejects.toMatchObject({ code });
    expect(await database.read.executions.allActive()).toEqual([]);
  });

  it("waits for the creation of the environment", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const creation = await start(database, { workflowId: "create_deployment_environment" });
    await database.unitOfWork((tx) => tx.deployments.update("default_tenant", "d1", { create_execution: creation.id }));
    await expect(start(database)).rejects.toMatchObject({ code: "deployment_environment_creation_pending_error" });
    await report(database, creation.id, "started");
    await expect(start(database)).rejects.toMatchObject({ code: "deployment_environment_creation_in_progress_error" });
    await report(database, creation.id, "failed", "Traceback\nValueError: no");
    await expect(start(database)).rejects.toMatchObject({
      code: "deployment_creation_error",
      message: expect.stringContaining("ValueError: no"),
    });
  });
});

describe("while an execution is active", () => {
  it("another one of the deployment is refused, named in the answer", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const { id } = await start(database);
    await expect(start(database)).rejects.toMatchObject({
      code: "existing_running_execution_error",
      message: expect.stringContaining(id),
    });
  });

  it("one of another deployment runs beside it", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    await aDeployment(database, "d2");
    await start(database);
    expect(await start(database, { deploymentId: "d2" })).toMatchObject({ status: "pending" });
  });

  it("a forced one runs beside it", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    await start(database);
    expect(await start(database, { force: true })).toMatchObject({ status: "pending" });
  });

  it("queued ones wait and then run one by one, in their order", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const first = await start(database);
    const second = await start(database, { queue: true });
    const third = await start(database, { queue: true });
    expect([second.status, third.status]).toEqual(["queued", "queued"]);
    await report(database, first.id, "started");
    await report(database, first.id, "terminated");
    expect(await status(database, second.id)).toBe("pending");
    expect(await status(database, third.id)).toBe("queued");
    await report(database, second.id, "started");
    await report(database, second.id, "failed", "x");
    expect(await status(database, third.id)).toBe("pending");
  });

  it("a queued one whose workflow is gone when its turn comes has failed, and the next one runs", async () => {
    const { database } = await aDatabase();
    await aDeployment(database, "d1", { install: { parameters: {} }, other: { parameters: {} } });
    const first = await start(database);
    const gone = await start(database, { workflowId: "other", queue: true });
    const next = await start(database, { queue: true });
    await database.unitOfWork((tx) =>
      tx.deployments.update("default_tenant", "d1", { workflows: { install: { parameters: {} } } }),
    );
    await report(database, first.id, "started");
    await report(database, first.id, "terminated");
    expect(await database.read.executions.get(gone.id)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("Error dequeueing execution: Workflow other does not exist"),
    });
    expect(await status(database, next.id)).toBe("pending");
  });
});

describe("an execution that is asked to stop", () => {
  const act = (database: Database, id: string, action: "cancel" | "kill" | "resume" | "force-resume") =>
    database.unitOfWork((tx) => actOnExecution(tx, ADMIN, id, action));

  it("is cancelling until its worker has stopped, and can be resumed then", async () => {
    const { database, published } = await aDatabase();
    await aDeployment(database);
    const { id } = await start(database);
    await report(database, id, "started");
    expect(await act(database, id, "cancel")).toMatchObject({ status: "cancelling" });
    expect(published).toContain(`control:${id}`);
    await expect(report(database, id, "terminated")).rejects.toMatchObject({ code: "invalid_exception_status_update" });
    await report(database, id, "cancelled");
    expect(await act(database, id, "resume")).toMatchObject({ status: "pending", resume: true, ended_at: null });
  });

  it("may be killed when it has ended", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const { id } = await start(database);
    await report(database, id, "started");
    await report(database, id, "terminated");
    expect(await act(database, id, "kill")).toMatchObject({ status: "kill_cancelling" });
    expect(await report(database, id, "cancelled")).toMatchObject({ status: "cancelled" });
  });

  it("is not found in another tenant", async () => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const { id } = await start(database);
    await expect(
      database.unitOfWork((tx) => actOnExecution(tx, { ...ADMIN, tenant: "other" }, id, "cancel")),
    ).rejects.toMatchObject({ message: `Requested \`Execution\` ['${id}'] was not found` });
  });
});

it("a deployment goes when the execution that deletes its environment ends", async () => {
  const { database } = await aDatabase();
  await aDeployment(database);
  const { id } = await start(database, { workflowId: "delete_deployment_environment" });
  await report(database, id, "started");
  await report(database, id, "terminated");
  expect(await database.read.deployments.get("default_tenant", "d1")).toBeUndefined();
  expect(await database.read.executions.get(id)).toBeUndefined();
});

describe("a deployment whose environment could not be deleted", () => {
  const failedDeletion = async (parameters: JsonObject) => {
    const { database } = await aDatabase();
    await aDeployment(database);
    const { id } = await start(database, {
      workflowId: "delete_deployment_environment",
      parameters,
      allowCustomParameters: true,
    });
    await report(database, id, "started");
    await report(database, id, "failed", "no");
    return (await database.read.deployments.get("default_tenant", "d1")) !== undefined;
  };

  it("stays, unless its deletion was forced", async () => {
    expect(await failedDeletion({})).toBe(true);
    expect(await failedDeletion({ force: false })).toBe(true);
    expect(await failedDeletion({ force: true })).toBe(false);
  });
});

it("an execution starts no other while it is being cancelled", async () => {
  const { database } = await aDatabase();
  for (const id of ["d1", "d2"]) await aDeployment(database, id);
  const { id: executionId } = await start(database);
  await report(database, executionId, "started");
  const startAnother = () =>
    database.unitOfWork((tx) => startExecution(tx, { ...ADMIN, executionId }, { ...REQUEST, deploymentId: "d2" }));
  await database.unitOfWork((tx) => actOnExecution(tx, ADMIN, executionId, "cancel"));
  await expect(startAnother()).rejects.toMatchObject({ code: "forbidden_while_cancelling" });
  await report(database, executionId, "cancelled");
  expect(await startAnother()).toMatchObject({ status: "pending", deployment_id: "d2" });
});
