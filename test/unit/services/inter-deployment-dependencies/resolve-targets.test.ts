import { describe, expect, it } from "vitest";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import { deploymentStorage } from "../../../../src/services/functions/deployment-storage.ts";
import { executionEvaluator } from "../../../../src/services/functions/execution-evaluator.ts";
import { createDependency } from "../../../../src/services/inter-deployment-dependencies/change.ts";
import { resolveTargetsAfter } from "../../../../src/services/inter-deployment-dependencies/resolve-targets.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const TENANT = "default_tenant";
const CREATOR = "outputs.ip.value.get_capability";

/** `app` depends on whatever deployment its node's instance names. */
async function world(): Promise<Database> {
  const { database } = await aDatabase();
  for (const id of ["app", "infra"]) await aDeployment(database, id);
  await database.unitOfWork((tx) =>
    createDependency(tx, ADMIN, "app", {
      creator: CREATOR,
      targetFunction: { function: { get_attribute: ["vm", "chosen"] }, context: {} },
    }),
  );
  return database;
}

const choose = (database: Database, chosen: string) =>
  database.unitOfWork((tx) => tx.nodeInstances.update(TENANT, "vm_app", "any", { runtime_properties: { chosen } }));

async function afterExecution(database: Database): Promise<{ problem: string | null; targets: (string | null)[] }> {
  const { id } = await database.unitOfWork((tx) =>
    insertExecution(tx, ADMIN, {
      workflowId: "install",
      deployment: { id: "app", blueprint_id: "bp" },
      status: "pending",
      parameters: {},
    }),
  );
  const execution = await database.read.executions.get(id);
  if (!execution) throw new Error("the execution is gone");
  const { evaluator } = executionEvaluator(database, { openSecret: () => undefined });
  const problem = await resolveTargetsAfter(database, execution, evaluator(execution));
  const rows = await database.read.interDeploymentDependencies.ofSources(TENANT, ["app"]);
  return { problem, targets: rows.map(({ target_deployment_id }) => target_deployment_id) };
}

describe("after an execution", () => {
  it("a dependency has the target that its function tells by now", async () => {
    const database = await world();
    expect(await afterExecution(database)).toEqual({ problem: null, targets: [null] });
    await choose(database, "infra");
    expect(await afterExecution(database)).toEqual({ problem: null, targets: ["infra"] });
  });

  it("the target's consumers are known", async () => {
    const database = await world();
    await choose(database, "infra");
    await afterExecution(database);
    const deployment = await database.read.deployments.get(TENANT, "infra");
    if (!deployment) throw new Error("infra is gone");
    const storage = deploymentStorage(database.read, deployment, { openSecret: () => undefined });
    expect(await storage.consumers()).toEqual([{ id: "app", name: "app" }]);
  });

  it("a name that is no deployment's leaves the dependency as it is", async () => {
    const database = await world();
    await choose(database, "nowhere");
    expect(await afterExecution(database)).toEqual({ problem: null, targets: [null] });
  });

  it("a circle is the failure of the execution, and its log says so", async () => {
    const database = await world();
    await database.unitOfWork((tx) => createDependency(tx, ADMIN, "infra", { creator: CREATOR, target: "app" }));
    await choose(database, "infra");
    const { problem } = await afterExecution(database);
    expect(problem).toBe(
      "Updating the dependencies of deployment app failed: cyclic dependency between deployments app and infra",
    );
  });
});
