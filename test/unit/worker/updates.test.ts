import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/api/resources.ts";
import { putDeploymentGroup } from "../../../src/services/deployment-groups/change.ts";
import { startExecutionGroup } from "../../../src/services/execution-groups/start.ts";
import { startExecution } from "../../../src/services/executions/start.ts";
import { aBlueprint, aPlannedDeployment } from "../services/planned-world.ts";
import { ADMIN } from "../services/world.ts";
import { WorkerHarness } from "./worker-harness.ts";

const TENANT = "default_tenant";
const OLD = `
tosca_definitions_version: cloudify_dsl_1_5
node_types: {t: {}}
inputs: {n: {default: 1}}
node_templates: {a: {type: t}}
outputs: {n: {value: {get_input: n}}}
`;
const NEW = OLD.replace("node_templates: {a: {type: t}}", "node_templates: {a: {type: t}, b: {type: t}}");

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
  const { database } = harness;
  await database.unitOfWork((tx) =>
    tx.users.insert({ username: "admin", password_hash: "", role: "sys_admin", created_at: tx.now() }),
  );
  await aBlueprint(database, "old", OLD);
  await aBlueprint(database, "new", NEW);
  for (const id of ["d1", "d2"]) await aPlannedDeployment(database, { id, blueprint: "old" });
  harness.startWorker();
});
afterEach(() => harness.remove());

const nodesOf = async (id: string) =>
  (await harness.database.read.nodes.ofDeployment(TENANT, id)).map((node) => node.id).sort();

function started(parameters: JsonObject) {
  return harness.database.unitOfWork((tx) =>
    startExecution(tx, ADMIN, {
      deploymentId: "d1",
      workflowId: "update",
      parameters,
      allowCustomParameters: false,
      force: false,
      queue: false,
      dryRun: false,
      waitAfterFail: 600,
    }),
  );
}

describe("the workflow update", () => {
  it("that is started like any other writes its update down by itself", async () => {
    const { id } = await started({ blueprint_id: "new", inputs: { n: 2 } });
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    expect(await nodesOf("d1")).toEqual(["a", "b"]);
    expect(await harness.database.read.deploymentUpdates.ofExecution(id)).toMatchObject({
      id: `d1_${id}`,
      state: "successful",
      old_blueprint_id: "old",
      new_blueprint_id: "new",
      old_inputs: { n: 1 },
      new_inputs: { n: 2 },
    });
  });

  it("fails when there is no such blueprint; its events say so", async () => {
    const { id } = await started({ blueprint_id: "lost" });
    expect(await harness.ended(id)).toMatchObject({ status: "failed" });
    await harness.said(id, "Requested `Blueprint` with ID `lost` was not found");
  });
});

describe("an update of a group of deployments", () => {
  it("is an update of each; their executions belong to the same group", async () => {
    const { database } = harness;
    const { id } = await database.unitOfWork(async (tx) => {
      await putDeploymentGroup(tx, ADMIN, "g", {
        visibility: "tenant",
        members: { deploymentIds: ["d1", "d2"] },
        newMembers: [],
      });
      return startExecutionGroup(tx, ADMIN, {
        deploymentGroupId: "g",
        workflowId: "csys_update_deployment",
        defaultParameters: { blueprint_id: "new", skip_reinstall: true },
        parameters: {},
        force: false,
        concurrency: 5,
      });
    });
    const members = () => database.read.executionGroups.members([id]);
    for (const member of await members()) await harness.ended(member.id);
    for (const member of await members()) await harness.ended(member.id);
    const executions = await Promise.all((await members()).map((member) => database.read.executions.get(member.id)));
    expect(executions.map((each) => `${each?.workflow_id} ${each?.deployment_id} ${each?.status}`).sort()).toEqual([
      "csys_update_deployment d1 terminated",
      "csys_update_deployment d2 terminated",
      "update d1 terminated",
      "update d2 terminated",
    ]);
    expect([await nodesOf("d1"), await nodesOf("d2")]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });
});
