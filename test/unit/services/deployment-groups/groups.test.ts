import { describe, expect, it } from "vitest";
import {
  changeMembers,
  type DeploymentGroupRequest,
  deleteDeploymentGroup,
  putDeploymentGroup,
} from "../../../../src/services/deployment-groups/change.ts";
import type { NewMember } from "../../../../src/services/deployment-groups/members.ts";
import { changeExecutionGroup } from "../../../../src/services/execution-groups/act.ts";
import { startExecutionGroup } from "../../../../src/services/execution-groups/start.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { aBlueprint } from "../planned-world.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const TENANT = "default_tenant";
const OF = { force: false, deleteLogs: false, recursive: false };

async function world(count = 3): Promise<Database> {
  const { database } = await aDatabase();
  for (let number = 1; number <= count; number++) await aDeployment(database, `d${number}`);
  return database;
}

const put = (database: Database, change: Partial<DeploymentGroupRequest>, id = "g") =>
  database.unitOfWork((tx) =>
    putDeploymentGroup(tx, ADMIN, id, { visibility: "tenant", members: {}, newMembers: [], ...change }),
  );

const labels = async (database: Database, id: string) =>
  ((await database.read.deploymentLabels.of(TENANT, [id])).get(id) ?? []).map(({ key, value }) => `${key}=${value}`);

describe("the members of a deployment group", () => {
  it("are those that were named last; a request that names none leaves them", async () => {
    const database = await world();
    await put(database, { members: { deploymentIds: ["d1", "d2"] } });
    expect((await put(database, { description: "edge" })).deployment_ids).toEqual(["d1", "d2"]);
    expect((await put(database, { members: { deploymentIds: ["d2", "d3"] } })).deployment_ids).toEqual(["d2", "d3"]);
    expect((await put(database, { members: { deploymentIds: [] } })).deployment_ids).toEqual([]);
  });

  it("carry the group's labels from the time they join, and lose those that it loses", async () => {
    const database = await world();
    await put(database, { members: { deploymentIds: ["d1"] }, labels: [{ key: "env", value: "prod" }] });
    const add = { deploymentIds: ["d2"] };
    await database.unitOfWork((tx) => changeMembers(tx, ADMIN, "g", { add, remove: {}, newMembers: [] }));
    expect([await labels(database, "d1"), await labels(database, "d2")]).toEqual([["env=prod"], ["env=prod"]]);
    await put(database, { labels: [{ key: "env", value: "dev" }] });
    expect([await labels(database, "d1"), await labels(database, "d2")]).toEqual([["env=dev"], ["env=dev"]]);
  });

  it("become part of the environment that the group's label names", async () => {
    const database = await world();
    await put(database, {
      members: { deploymentIds: ["d1", "d2"] },
      labels: [{ key: "csys-obj-parent", value: "d3" }],
    });
    expect(await database.read.deployments.get(TENANT, "d3")).toMatchObject({ sub_services_count: 2 });
    await expect(put(database, { labels: [{ key: "csys-obj-parent", value: "d1" }] })).rejects.toThrow("cyclic");
  });
});

describe("new members of a deployment group", () => {
  const MEMBER: NewMember = { inputs: {}, labels: [], runtimeOnlyEvaluation: false };
  const BLUEPRINT = `
tosca_definitions_version: cloudify_dsl_1_5
node_types: {t: {}}
node_templates: {a: {type: t}}
deployment_settings: {id_template: "{group_id}-{count}", display_name: "Edge {count}"}
`;

  async function aGroupOf(count: number): Promise<Database> {
    const database = await world(0);
    await aBlueprint(database, "edge", BLUEPRINT);
    const newMembers = Array.from({ length: count }, () => MEMBER);
    await put(database, { blueprintId: "edge", labels: [{ key: "env", value: "prod" }], newMembers });
    return database;
  }

  it("are named and numbered as the blueprint says, and carry the group's labels", async () => {
    const database = await aGroupOf(2);
    const rows = await database.read.deployments.named(TENANT, ["g-0", "g-1"], ["id", "display_name"]);
    expect(rows.map(({ display_name }) => display_name)).toEqual(["Edge 0", "Edge 1"]);
    expect(await labels(database, "g-1")).toEqual(["env=prod"]);
  });

  it("are made ten at a time", async () => {
    const database = await aGroupOf(12);
    const { items } = await database.read.executions.list({ scope: { tenants: [TENANT], privateOf: "everyone" } });
    expect(items.map(({ status }) => status)).toEqual([...Array(10).fill("pending"), "queued", "queued"]);
  });
});

describe("a deployment group that is deleted", () => {
  const remove = (database: Database, deployments?: typeof OF) =>
    database.unitOfWork((tx) => deleteDeploymentGroup(tx, ADMIN, "g", { deployments }));

  it("leaves its deployments alone", async () => {
    const database = await world();
    await put(database, { members: { deploymentIds: ["d1"] } });
    expect(await remove(database)).toBeUndefined();
    expect(await database.read.deployments.get(TENANT, "d1")).toBeDefined();
  });

  it("takes them along when asked to, five at a time", async () => {
    const database = await world(7);
    await put(database, { members: { deploymentIds: ["d1", "d2", "d3", "d4", "d5", "d6", "d7"] } });
    const group = String(await remove(database, OF));
    const members = () => database.read.executionGroups.members([group]);
    expect((await members()).map(({ status }) => status)).toEqual([...Array(5).fill("pending"), "queued", "queued"]);
    expect(await database.read.executionGroups.get(TENANT, group)).toMatchObject({
      workflow_id: "delete_deployment_environment",
      deployment_group_id: null,
    });
    const [{ id } = { id: "" }] = await members();
    for (const status of ["started", "terminated"]) {
      await database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status }));
    }
    expect(await database.read.deployments.get(TENANT, "d1")).toBeUndefined();
    expect((await members()).map(({ status }) => status)).toEqual([...Array(5).fill("pending"), "queued"]);
  });

  it("deletes nothing when one of them is still needed", async () => {
    const database = await world();
    await put(database, { members: { deploymentIds: ["d1", "d2"] } });
    await database.unitOfWork((tx) => tx.nodeInstances.setState(TENANT, ["vm_d2"], "started"));
    await expect(remove(database, OF)).rejects.toMatchObject({ code: "dependent_exists_error" });
    expect(await database.read.executions.allActive()).toEqual([]);
    expect(await database.read.deploymentGroups.get(TENANT, "g")).toBeDefined();
  });
});

describe("a deployment whose execution in a group has ended", () => {
  it("joins the group for that end, unless that group is gone", async () => {
    const database = await world();
    await put(database, { members: { deploymentIds: ["d1", "d2"] } });
    await put(database, {}, "done");
    const { execution_ids: ids = [] } = await database.unitOfWork(async (tx) => {
      const started = await startExecutionGroup(tx, ADMIN, {
        id: "eg",
        deploymentGroupId: "g",
        workflowId: "install",
        defaultParameters: {},
        parameters: {},
        force: false,
        concurrency: 5,
      });
      await changeExecutionGroup(tx, ADMIN, "eg", { successGroupId: "done" });
      return started;
    });
    const end = async (id = "") => {
      for (const status of ["started", "terminated"]) {
        await database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status }));
      }
    };
    await end(ids[0]);
    expect(await database.read.deploymentGroups.members(TENANT, "done")).toEqual(["d1"]);
    await database.unitOfWork((tx) => deleteDeploymentGroup(tx, ADMIN, "done", { deployments: undefined }));
    await end(ids[1]);
    expect(await database.read.executions.get(ids[1] ?? "")).toMatchObject({ status: "terminated" });
  });
});
