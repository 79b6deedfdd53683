import { describe, expect, it } from "vitest";
import { finishModification, rollbackModification } from "../../../../src/services/deployment-modifications/end.ts";
import { planModification } from "../../../../src/services/deployment-modifications/plan.ts";
import { startModification } from "../../../../src/services/deployment-modifications/start.ts";
import type { Database, DeploymentRow } from "../../../../src/storage/index.ts";
import { aBlueprint, aPlannedDeployment } from "../planned-world.ts";
import { aDatabase } from "../world.ts";

const BLUEPRINT = `
tosca_definitions_version: cloudify_dsl_1_5
node_types:
  t: {}
relationships:
  cloudify.relationships.connected_to: {properties: {connection_type: {default: all_to_all}}}
node_templates:
  db: {type: t}
  web:
    type: t
    relationships: [{type: cloudify.relationships.connected_to, target: db}]
`;

async function world(): Promise<{ database: Database; deployment: DeploymentRow }> {
  const { database } = await aDatabase();
  await aBlueprint(database, "app", BLUEPRINT);
  return { database, deployment: await aPlannedDeployment(database, { id: "d1", blueprint: "app" }) };
}

const scaled = (database: Database, deployment: DeploymentRow, nodes: Record<string, { instances: number }>) =>
  database.unitOfWork((tx) => startModification(tx, deployment, { nodes, context: {}, createdBy: "admin" }));

const instances = async ({ read }: Database, node: string) =>
  (await read.nodeInstances.ofDeployment("default_tenant", "d1")).filter(({ node_id }) => node_id === node);

const node = ({ read }: Database, id: string) => read.nodes.get("default_tenant", "d1", id);

describe("a modification", () => {
  it("adds instances at once and counts them when it is finished", async () => {
    const { database, deployment } = await world();
    const { id } = await scaled(database, deployment, { web: { instances: 3 } });
    const webs = await instances(database, "web");
    expect(webs.map(({ index, state, relationships }) => [index, state, relationships.length])).toEqual([
      [1, "started", 1],
      [2, "uninitialized", 1],
      [3, "uninitialized", 1],
    ]);
    expect(await node(database, "web")).toMatchObject({ number_of_instances: 1, planned_number_of_instances: 3 });
    const finished = await database.unitOfWork((tx) => finishModification(tx, "default_tenant", id));
    expect(finished).toMatchObject({ status: "finished", ended_at: expect.any(String) });
    expect(await node(database, "web")).toMatchObject({ number_of_instances: 3, planned_number_of_instances: 3 });
  });

  it("connects the instances that are there to those that come", async () => {
    const { database, deployment } = await world();
    await scaled(database, deployment, { db: { instances: 2 } });
    const [web] = await instances(database, "web");
    const dbs = await instances(database, "db");
    expect(web?.relationships.map((each) => each["target_id"])).toEqual(dbs.map(({ id }) => id));
  });

  it("keeps the instances that go until it is finished, and then their relationships go too", async () => {
    const { database, deployment } = await world();
    const { id } = await scaled(database, deployment, { db: { instances: 0 } });
    expect(await instances(database, "db")).toHaveLength(1);
    await database.unitOfWork((tx) => finishModification(tx, "default_tenant", id));
    expect(await instances(database, "db")).toEqual([]);
    expect((await instances(database, "web"))[0]?.relationships).toEqual([]);
  });

  it("leaves no trace in nodes and instances when it is rolled back", async () => {
    const { database, deployment } = await world();
    const { id } = await scaled(database, deployment, { db: { instances: 3 } });
    const row = await database.unitOfWork((tx) => rollbackModification(tx, "default_tenant", id));
    expect(row.status).toBe("rolledback");
    expect(row.node_instances["before_rollback"]).toHaveLength(4);
    expect(await instances(database, "db")).toHaveLength(1);
    expect((await instances(database, "web"))[0]?.relationships).toHaveLength(1);
    expect(await node(database, "db")).toMatchObject({ planned_number_of_instances: 1 });
  });

  it("is the only one of its deployment, and ends once", async () => {
    const { database, deployment } = await world();
    const { id } = await scaled(database, deployment, { web: { instances: 2 } });
    await expect(scaled(database, deployment, { web: { instances: 3 } })).rejects.toMatchObject({
      code: "existing_started_deployment_modification_error",
      message: expect.stringContaining(id),
    });
    await database.unitOfWork((tx) => finishModification(tx, "default_tenant", id));
    await expect(database.unitOfWork((tx) => rollbackModification(tx, "default_tenant", id))).rejects.toMatchObject({
      code: "deployment_modification_already_ended_error",
    });
  });

  it("can be looked at before it is made", async () => {
    const { database, deployment } = await world();
    const { changes } = await planModification(database.read, deployment, { web: { instances: 2 } });
    expect(changes.added_and_related.map(({ node_id, modification }) => [node_id, modification])).toEqual([
      ["web", "added"],
      ["db", undefined],
    ]);
    expect(await instances(database, "web")).toHaveLength(1);
  });

  it.each([
    ["an unknown node", { nope: { instances: 1 } }],
    ["less than none", { web: { instances: -1 } }],
    ["no whole number", { web: { instances: 1.5 } }],
  ])("is refused for %s", async (_what, nodes) => {
    const { database, deployment } = await world();
    await expect(scaled(database, deployment, nodes)).rejects.toMatchObject({ code: "bad_parameters_error" });
  });
});
