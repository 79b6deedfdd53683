import { describe, expect, it } from "vitest";
import { flagsIn } from "../../../../src/services/deployment-updates/flags.ts";
import { runUpdateFunction } from "../../../../src/services/deployment-updates/functions.ts";
import { initiateUpdate } from "../../../../src/services/deployment-updates/initiate.ts";
import { instancesChangedBy, workflowParameters } from "../../../../src/services/deployment-updates/read.ts";
import { updateView } from "../../../../src/services/deployment-updates/view.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import type { Database, DeploymentUpdateRow } from "../../../../src/storage/index.ts";
import { aBlueprint, aPlannedDeployment } from "../planned-world.ts";
import { ADMIN, aDatabase } from "../world.ts";

const TYPES = `
tosca_definitions_version: cloudify_dsl_1_5
node_types:
  t: {properties: {size: {default: 1}}}
  other: {properties: {size: {default: 1}}}
relationships:
  cloudify.relationships.connected_to: {properties: {connection_type: {default: all_to_all}}}
inputs: {n: {default: 1}}
`;
const OLD = `${TYPES}
node_templates:
  a: {type: t, properties: {size: {get_input: n}}}
  b: {type: t, relationships: [{type: cloudify.relationships.connected_to, target: a}]}
  c: {type: t}
`;
const NEW = `${TYPES}
node_templates:
  a: {type: t, properties: {size: {get_input: n}}}
  b: {type: t}
  d: {type: t, relationships: [{type: cloudify.relationships.connected_to, target: a}]}
`;
const LINKED = OLD.replace(
  "c: {type: t}",
  "c: {type: t, relationships: [{type: cloudify.relationships.connected_to, target: a}]}",
);
const FLAGS = flagsIn({});
const PREPARE = ["prepare_plan", "create_steps", "prepare_update_nodes"];
const PERFORM = ["set_deployment_attributes", "update_deployment_nodes", "update_deployment_node_instances"];
const FINISH = ["delete_removed_relationships", "delete_removed_instances", "delete_removed_nodes"];

async function world(): Promise<Database> {
  const { database } = await aDatabase();
  await aBlueprint(database, "old", OLD);
  await aBlueprint(database, "new", NEW);
  await aBlueprint(database, "linked", LINKED);
  await aBlueprint(database, "other-type", OLD.replace("c: {type: t}", "c: {type: other}"));
  await aPlannedDeployment(database, { id: "d1", blueprint: "old" });
  return database;
}

const initiated = (
  database: Database,
  change: { blueprintId?: string; inputs?: Record<string, number>; force?: boolean },
) =>
  database.unitOfWork((tx) =>
    initiateUpdate(tx, ADMIN, "d1", {
      inputs: change.inputs ?? {},
      flags: { ...FLAGS, force: change.force ?? false },
      ...(change.blueprintId ? { blueprintId: change.blueprintId } : {}),
    }),
  );

async function run(database: Database, { id }: DeploymentUpdateRow, names: string[]): Promise<DeploymentUpdateRow> {
  for (const name of names) await database.unitOfWork((tx) => runUpdateFunction(tx, "default_tenant", name, id));
  return (await database.read.deploymentUpdates.get("default_tenant", id)) as DeploymentUpdateRow;
}

const instances = (database: Database) => database.read.nodeInstances.ofDeployment("default_tenant", "d1");

describe("the preparation of a deployment update", () => {
  it("tells what comes, goes and changes, and changes nothing", async () => {
    const database = await world();
    const update = await run(database, await initiated(database, { blueprintId: "new", inputs: { n: 7 } }), PREPARE);
    const steps = updateView(update).steps.map(({ action, entity_id }) => `${action} ${[entity_id].flat().join("/")}`);
    expect(steps).toEqual([
      "add nodes/d",
      "remove nodes/c",
      "modify nodes/a/properties/size",
      "remove nodes/b/relationships/0",
    ]);
    const before = await instances(database);
    const idsOf = (node: string) => before.filter(({ node_id }) => node_id === node).map(({ id }) => id);
    expect(instancesChangedBy(update, before)).toEqual({
      added: [expect.stringMatching(/^d_/)],
      removed: idsOf("c"),
      changed: idsOf("a"),
      extended: [],
      reduced: [{ sourceId: idsOf("b")[0], targetId: idsOf("a")[0] }],
    });
    expect(before.map(({ node_id }) => node_id)).toEqual(["a", "b", "c"]);
  });

  it("tells a workflow that stands in for the built-in steps what there is to do", async () => {
    const database = await world();
    const update = await run(database, await initiated(database, { blueprintId: "new", inputs: { n: 7 } }), PREPARE);
    const before = await instances(database);
    const idsOf = (node: string) => before.filter(({ node_id }) => node_id === node).map(({ id }) => id);
    const changes = instancesChangedBy(update, before);
    const asked = { skip_install: true, update_plugins: false };
    expect(workflowParameters(update, changes, asked)).toMatchObject({
      update_id: update.id,
      modified_entity_ids: { node: ["d", "c"], property: ["a"], workflow: [] },
      added_instance_ids: changes.added,
      added_target_instances_ids: idsOf("a"),
      removed_instance_ids: idsOf("c"),
      remove_target_instance_ids: [],
      reduced_instance_ids: idsOf("b"),
      reduce_target_instance_ids: idsOf("a"),
      extended_instance_ids: [],
      ...{ skip_install: true, skip_uninstall: false, ignore_failure: false, install_first: false },
      update_plugins: false,
    });
  });

  it("refuses to make another node of one that stays", async () => {
    const database = await world();
    const update = await initiated(database, { blueprintId: "other-type" });
    await expect(run(database, update, PREPARE)).rejects.toMatchObject({
      code: "unsupported_change_in_deployment_update",
    });
  });
});

describe("a deployment update", () => {
  it("keeps what goes until its last steps, and then the deployment is what the new plan says", async () => {
    const database = await world();
    const update = await initiated(database, { blueprintId: "new", inputs: { n: 7 } });
    await run(database, update, [...PREPARE, ...PERFORM]);
    expect((await instances(database)).map(({ node_id }) => node_id)).toEqual(["a", "b", "c", "d"]);
    expect(await database.read.nodes.get("default_tenant", "d1", "b")).toMatchObject({
      relationships: [expect.objectContaining({ target_id: "a" })],
    });
    await run(database, update, FINISH);
    const [a, b, d] = await instances(database);
    expect(b).toMatchObject({ node_id: "b", relationships: [] });
    expect(d).toMatchObject({ node_id: "d", relationships: [expect.objectContaining({ target_id: a?.id })] });
    expect(await database.read.nodes.get("default_tenant", "d1", "a")).toMatchObject({ properties: { size: 7 } });
    expect(await database.read.deployments.get("default_tenant", "d1")).toMatchObject({
      blueprint_id: "new",
      inputs: { n: 7 },
    });
  });

  it("links instances that stay, and leaves all else as it is", async () => {
    const database = await world();
    const before = await instances(database);
    const update = await initiated(database, { blueprintId: "linked" });
    const prepared = await run(database, update, PREPARE);
    const [a, , c] = before;
    expect(instancesChangedBy(prepared, before)).toEqual({
      ...{ added: [], removed: [], changed: [], reduced: [] },
      extended: [{ sourceId: c?.id, targetId: a?.id }],
    });
    expect(updateView(prepared).steps).toMatchObject([{ action: "add", entity_type: "relationship" }]);
    await run(database, update, [...PERFORM, ...FINISH]);
    const after = await instances(database);
    expect(after.map(({ id, state }) => [id, state])).toEqual(before.map(({ id, state }) => [id, state]));
    expect(after[1]?.relationships).toEqual(before[1]?.relationships);
    expect(after[2]?.relationships).toMatchObject([{ target_id: a?.id, target_name: "a" }]);
  });

  it.each([
    ["terminated", "successful"],
    ["failed", "failed"],
  ])("whose execution is %s is %s", async (status, state) => {
    const database = await world();
    const { id, execution_id } = await initiated(database, { inputs: { n: 2 } });
    for (const next of ["started", status]) {
      await database.unitOfWork((tx) => updateExecutionStatus(tx, execution_id ?? "", { status: next }));
    }
    expect(await database.read.deploymentUpdates.get("default_tenant", id)).toMatchObject({ state });
  });

  it("is refused while another is not finished, unless it is forced", async () => {
    const database = await world();
    const { id } = await initiated(database, { inputs: { n: 2 } });
    await expect(initiated(database, { inputs: { n: 3 } })).rejects.toMatchObject({
      code: "conflict_error",
      message: expect.stringContaining(id),
    });
    await expect(initiated(database, { inputs: { n: 3 }, force: true })).resolves.toMatchObject({ state: "updating" });
  });
});
