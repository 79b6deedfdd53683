import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { actOnExecution } from "../../../../src/services/executions/act.ts";
import { startExecution } from "../../../../src/services/executions/start.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const TENANT = "default_tenant";
const declared = (is_cascading: boolean): JsonObject => ({
  plugin: "p",
  operation: "p.f",
  parameters: {},
  is_cascading,
});
const WORKFLOWS = { check: declared(true), alone: declared(false) };

/** `app` has made the component `part`, and that has made `screw`. */
async function world(): Promise<Database> {
  const { database } = await aDatabase();
  for (const id of ["app", "part", "screw"]) await aDeployment(database, id, WORKFLOWS);
  await database.unitOfWork(async (tx) => {
    for (const [id, made] of [
      ["app", "part"],
      ["part", "screw"],
    ] as const) {
      const owned = { tenant_name: TENANT, visibility: "tenant" as const, created_by: "admin", deployment_id: id };
      const [node] = await tx.nodes.ofDeployment(TENANT, id);
      if (!node) throw new Error(`${id} has no node`);
      const { storage_id, ...row } = node;
      await tx.nodes.insertMany([
        { ...row, id: "part", type_hierarchy: ["cloudify.nodes.Root", "cloudify.nodes.Component"] },
      ]);
      await tx.nodeInstances.insertMany([
        {
          ...owned,
          node_id: "part",
          id: `part_${id}`,
          index: 1,
          relationships: [],
          runtime_properties: { deployment: { id: made } },
          system_properties: {},
          scaling_groups: [],
          state: "started",
          version: 1,
          is_status_check_ok: true,
        },
      ]);
    }
  });
  return database;
}

const start = (database: Database, workflowId: string, { queue = false } = {}) =>
  database.unitOfWork((tx) =>
    startExecution(tx, ADMIN, {
      deploymentId: "app",
      workflowId,
      parameters: {},
      allowCustomParameters: false,
      force: false,
      queue,
      dryRun: false,
      waitAfterFail: 600,
    }),
  );

async function executions(database: Database): Promise<string[]> {
  const { items } = await database.read.executions.list({ scope: { tenants: "all", privateOf: "everyone" } });
  return items.map(({ deployment_id, workflow_id, status }) => `${deployment_id} ${workflow_id} ${status}`);
}

const report = (database: Database, id: string, status: string) =>
  database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status }));

describe("a cascading workflow", () => {
  it("runs on the components of its deployment, and on theirs", async () => {
    const database = await world();
    await start(database, "check");
    expect(await executions(database)).toEqual(["app check pending", "part check pending", "screw check pending"]);
  });

  it("that does not cascade runs on its deployment alone", async () => {
    const database = await world();
    await start(database, "alone");
    expect(await executions(database)).toEqual(["app alone pending"]);
  });

  it("that waits in the queue goes on to the components when its turn comes", async () => {
    const database = await world();
    const { id } = await start(database, "alone");
    await start(database, "check", { queue: true });
    expect(await executions(database)).toEqual(["app alone pending", "app check queued"]);
    await report(database, id, "started");
    await report(database, id, "terminated");
    expect((await executions(database)).slice(1)).toEqual([
      "app check pending",
      "part check pending",
      "screw check pending",
    ]);
  });
});

describe("an execution of a deployment with components", () => {
  const act = (database: Database, id: string, action: "cancel" | "kill" | "resume") =>
    database.unitOfWork((tx) => actOnExecution(tx, ADMIN, id, action));

  it("takes what they do along when it is cancelled, and when it is resumed", async () => {
    const database = await world();
    await start(database, "check");
    const { items } = await database.read.executions.list({ scope: { tenants: "all", privateOf: "everyone" } });
    for (const { id } of items) await report(database, id, "started");
    const [{ id } = { id: "" }] = items;
    await act(database, id, "cancel");
    expect(await executions(database)).toEqual([
      "app check cancelling",
      "part check cancelling",
      "screw check cancelling",
    ]);
    for (const item of items) await report(database, item.id, "cancelled");
    await act(database, id, "resume");
    expect(await executions(database)).toEqual(["app check pending", "part check pending", "screw check pending"]);
  });

  it("leaves alone what has ended there", async () => {
    const database = await world();
    await start(database, "check");
    const { items } = await database.read.executions.list({ scope: { tenants: "all", privateOf: "everyone" } });
    for (const { id } of items) await report(database, id, "started");
    for (const { id } of items.slice(1)) await report(database, id, "terminated");
    await act(database, items[0]?.id ?? "", "kill");
    expect(await executions(database)).toEqual([
      "app check kill_cancelling",
      "part check terminated",
      "screw check terminated",
    ]);
  });
});
