import { describe, expect, it } from "vitest";
import { removeDeployment } from "../../../../src/services/deployments/remove.ts";
import {
  createDependencies,
  createDependency,
  deleteDependency,
  replaceDependencies,
} from "../../../../src/services/inter-deployment-dependencies/change.ts";
import { listDependencies } from "../../../../src/services/inter-deployment-dependencies/list.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const USES = "outputs.ip.value.get_capability";

async function world(): Promise<Database> {
  const { database } = await aDatabase();
  for (const id of ["app", "infra", "base"]) await aDeployment(database, id);
  return database;
}

const create = (database: Database, source: string, target: string, creator = USES) =>
  database.unitOfWork((tx) => createDependency(tx, ADMIN, source, { creator, target }));

const listed = async (database: Database) =>
  (await listDependencies(database.read, ADMIN, {})).items.map((one) => [
    one.source_deployment_id,
    one.target_deployment_id,
    one.dependency_creator,
  ]);

const consumers = async (database: Database, id: string) =>
  ((await database.read.deploymentLabels.of("default_tenant", [id])).get(id) ?? []).map(
    ({ key, value }) => `${key}=${value}`,
  );

describe("a dependency between deployments", () => {
  it("is listed until it is deleted", async () => {
    const database = await world();
    await create(database, "app", "infra");
    expect(await listed(database)).toEqual([["app", "infra", USES]]);
    await database.unitOfWork((tx) =>
      deleteDependency(tx, ADMIN, "app", { creator: USES, target: "infra", isComponentDeletion: false }),
    );
    expect(await listed(database)).toEqual([]);
  });

  it("makes its source a consumer of its target, as long as there is one left", async () => {
    const database = await world();
    await create(database, "app", "infra");
    await create(database, "app", "infra", "sharedresource.vm_1");
    expect(await consumers(database, "infra")).toEqual(["csys-consumer-id=app"]);
    for (const creator of [USES, "sharedresource.vm_1"]) {
      expect(await consumers(database, "infra")).toEqual(["csys-consumer-id=app"]);
      await database.unitOfWork((tx) =>
        deleteDependency(tx, ADMIN, "app", { creator, target: "infra", isComponentDeletion: false }),
      );
    }
    expect(await consumers(database, "infra")).toEqual([]);
  });

  it("of a component makes no consumer: the component is part of its creator", async () => {
    const database = await world();
    await create(database, "app", "infra", "component.vm_1");
    expect(await consumers(database, "infra")).toEqual([]);
  });

  it("cannot lead back to its source, however long the way", async () => {
    const database = await world();
    await create(database, "app", "infra");
    await create(database, "infra", "base");
    await expect(create(database, "base", "app")).rejects.toMatchObject({
      code: "conflict_error",
      message: "cyclic dependency between deployments base and app",
    });
    await expect(create(database, "app", "app")).rejects.toMatchObject({ code: "conflict_error" });
  });

  it.each([
    ["nowhere", "infra", "Given source deployment with ID `nowhere` does not exist."],
    ["app", "nowhere", "Given target deployment with ID `nowhere` does not exist."],
  ])("from %s to %s is refused", async (source, target, message) => {
    const database = await world();
    await expect(create(database, source, target)).rejects.toMatchObject({
      code: "not_found_error",
      message: expect.stringContaining(message),
    });
  });

  it("whose target only a function knows has none yet", async () => {
    const database = await world();
    const targetFunction = { function: { get_attribute: ["vm", "target"] }, context: {} };
    const created = await database.unitOfWork((tx) =>
      createDependency(tx, ADMIN, "app", { creator: USES, targetFunction }),
    );
    expect(created).toMatchObject({ target_deployment_id: null, target_deployment_func: targetFunction });
  });

  it("is forgotten with its source, and loses its target with the target", async () => {
    const database = await world();
    await create(database, "app", "infra");
    await create(database, "infra", "base");
    await database.unitOfWork((tx) => removeDeployment(tx, "default_tenant", "infra"));
    expect(await listed(database)).toEqual([["app", null, USES]]);
    expect(await consumers(database, "base")).toEqual([]);
  });

  it("of a component can be deleted when the component is gone already", async () => {
    const database = await world();
    await create(database, "app", "infra", "component.vm_1");
    await database.unitOfWork((tx) => removeDeployment(tx, "default_tenant", "infra"));
    const meant = { creator: "component.vm_1", target: "infra" };
    const remove = (isComponentDeletion: boolean) =>
      database.unitOfWork((tx) => deleteDependency(tx, ADMIN, "app", { ...meant, isComponentDeletion }));
    await expect(remove(false)).rejects.toMatchObject({ code: "not_found_error" });
    await remove(true);
    expect(await listed(database)).toEqual([]);
  });
});

describe("several dependencies at once", () => {
  it("are stored in order; a target that does not exist is left open", async () => {
    const database = await world();
    const ids = await database.unitOfWork((tx) =>
      createDependencies(tx, ADMIN, "app", [
        { creator: "a", target: "infra" },
        { creator: "b", target: "nowhere" },
      ]),
    );
    expect(ids).toHaveLength(2);
    expect(await listed(database)).toEqual([
      ["app", "infra", "a"],
      ["app", null, "b"],
    ]);
  });

  it("replace all that the deployment has had", async () => {
    const database = await world();
    await create(database, "app", "infra");
    await create(database, "base", "infra");
    await database.unitOfWork((tx) => replaceDependencies(tx, ADMIN, "app", [{ creator: "new", target: "base" }]));
    expect(await listed(database)).toEqual([
      ["base", "infra", USES],
      ["app", "base", "new"],
    ]);
    expect(await consumers(database, "infra")).toEqual(["csys-consumer-id=base"]);
  });

  it("are not stored at all when one of them closes a circle", async () => {
    const database = await world();
    await create(database, "infra", "app");
    const both = [
      { creator: "a", target: "base" },
      { creator: "b", target: "infra" },
    ];
    await expect(database.unitOfWork((tx) => createDependencies(tx, ADMIN, "app", both))).rejects.toThrow("cyclic");
    expect(await listed(database)).toEqual([["infra", "app", USES]]);
  });
});
