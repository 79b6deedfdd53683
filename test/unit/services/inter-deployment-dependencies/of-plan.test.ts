import { describe, expect, it } from "vitest";
import { runUpdateFunction } from "../../../../src/services/deployment-updates/functions.ts";
import { createDependency } from "../../../../src/services/inter-deployment-dependencies/change.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { aBlueprint, aPlannedDeployment } from "../planned-world.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const usingCapability = (of: string) => `
tosca_definitions_version: cloudify_dsl_1_5
node_types: {t: {properties: {ip: {default: none}}}}
node_templates:
  a: {type: t, properties: {ip: {get_capability: [infra, ip]}}}
outputs:
  name: {value: {get_capability: [${of}, name]}}
`;

const targets = async ({ read }: Database) =>
  (await read.interDeploymentDependencies.ofSources("default_tenant", ["app"])).map(
    ({ dependency_creator, target_deployment_id }) => [dependency_creator, target_deployment_id],
  );

describe("a deployment whose blueprint takes capabilities from others", () => {
  it("depends on each of them, at each place", async () => {
    const { database } = await aDatabase();
    await aDeployment(database, "infra");
    await aBlueprint(database, "uses", usingCapability("infra"));
    await aPlannedDeployment(database, { id: "app", blueprint: "uses" });
    expect(await targets(database)).toEqual([
      ["nodes.a.properties.ip.get_capability", "infra"],
      ["outputs.name.value.get_capability", "infra"],
    ]);
  });

  it("knows the target of a function only when it can be evaluated", async () => {
    const { database } = await aDatabase();
    await aDeployment(database, "infra");
    await aBlueprint(database, "uses", usingCapability("{get_attribute: [a, chosen]}"));
    await aPlannedDeployment(database, { id: "app", blueprint: "uses" });
    const [, second] = await database.read.interDeploymentDependencies.ofSources("default_tenant", ["app"]);
    expect(second).toMatchObject({
      target_deployment_id: null,
      target_deployment_func: { function: { get_attribute: ["a", "chosen"] }, context: {} },
    });
  });
});

describe("the update of a deployment", () => {
  it("puts the dependencies of the new plan in the place of the old ones, and keeps what nodes and users stored", async () => {
    const { database } = await aDatabase();
    for (const id of ["infra", "other"]) await aDeployment(database, id);
    await aBlueprint(database, "uses", usingCapability("infra"));
    await aBlueprint(database, "changed", usingCapability("other"));
    await aPlannedDeployment(database, { id: "app", blueprint: "uses" });
    await database.unitOfWork((tx) =>
      createDependency(tx, ADMIN, "app", { creator: "sharedresource.a_1", target: "other" }),
    );
    await database.unitOfWork((tx) =>
      tx.deploymentUpdates.insert({
        id: "u1",
        tenant_name: "default_tenant",
        visibility: "tenant",
        created_by: "admin",
        created_at: tx.now(),
        deployment_id: "app",
        state: "updating",
        new_blueprint_id: "changed",
        new_inputs: {},
        details: {},
      }),
    );
    for (const name of ["prepare_plan", "update_inter_deployment_dependencies"]) {
      await database.unitOfWork((tx) => runUpdateFunction(tx, "default_tenant", name, "u1"));
    }
    expect(await targets(database)).toEqual([
      ["sharedresource.a_1", "other"],
      ["nodes.a.properties.ip.get_capability", "infra"],
      ["outputs.name.value.get_capability", "other"],
    ]);
  });
});
