import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addDeploymentLabels } from "../../../src/services/deployments/labels.ts";
import { insertExecution } from "../../../src/services/executions/insert.ts";
import { createDependency } from "../../../src/services/inter-deployment-dependencies/change.ts";
import { ADMIN, aDeployment } from "../services/world.ts";
import { WorkerHarness } from "./worker-harness.ts";

const TENANT = "default_tenant";
const UNINSTALL = {
  plugin: "default_workflows",
  operation: "cloudify.plugins.workflows.uninstall",
  parameters: { recursive: { type: "boolean", default: false } },
  is_cascading: false,
};

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
  await harness.database.unitOfWork((tx) =>
    tx.users.insert({ username: "admin", password_hash: "", role: "sys_admin", created_at: tx.now() }),
  );
});
afterEach(() => harness.remove());

/** `d1` holds `app` and `db`, and `app` holds `cache`; all of them are installed. */
async function anEnvironment(): Promise<void> {
  const { database } = harness;
  await harness.deployment({ node: {} }, { uninstall: UNINSTALL });
  for (const id of ["app", "db", "cache"]) await aDeployment(database, id, { uninstall: UNINSTALL });
  await database.unitOfWork(async (tx) => {
    await tx.nodeInstances.setState(TENANT, ["node_1", "vm_app", "vm_db", "vm_cache"], "started");
    for (const [id, value] of [
      ["app", "d1"],
      ["db", "d1"],
      ["cache", "app"],
    ] as const) {
      await addDeploymentLabels(tx, { tenant_name: TENANT, id }, [{ key: "csys-obj-parent", value }], "admin");
    }
  });
}

const states = async () =>
  Promise.all(["node_1", "vm_app", "vm_db", "vm_cache"].map(async (id) => (await harness.instance(id)).state));

describe("the services of an environment", () => {
  it("are uninstalled before it, with theirs", async () => {
    await anEnvironment();
    harness.startWorker();
    const id = await harness.start("uninstall", { parameters: { recursive: true } });
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    expect(await states()).toEqual(["deleted", "deleted", "deleted", "deleted"]);
    expect((await harness.messages(id)).slice(0, 3)).toEqual([
      "Starting 'uninstall' workflow execution",
      "Uninstalling service deployments recursively",
      "Service deployments uninstalled",
    ]);
    expect(await harness.database.read.deploymentGroups.get(TENANT, "d1_services_uninstall")).toBeUndefined();
  });

  it("are uninstalled after those that depend on them, which do not stand in the way", async () => {
    await anEnvironment();
    const { database } = harness;
    const dependency = { creator: "outputs.o.get_capability", target: "cache" };
    await database.unitOfWork((tx) => createDependency(tx, ADMIN, "db", dependency));
    harness.startWorker();
    const id = await harness.start("uninstall", { parameters: { recursive: true } });
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    expect(await states()).toEqual(["deleted", "deleted", "deleted", "deleted"]);
    const rounds = await Promise.all(
      [`${id}_services`, `${id}_services_2`].map(async (group) => {
        const [member] = await database.read.executionGroups.members([group]);
        return (await database.read.executions.get(member?.id ?? ""))?.deployment_id;
      }),
    );
    expect(rounds).toEqual(["db", "app"]);
  });

  it("that were not reached are uninstalled by the next worker", async () => {
    await anEnvironment();
    const { database } = harness;
    const id = await harness.start("uninstall", { parameters: { recursive: true } });
    // What a worker before has started and seen end.
    await database.unitOfWork(async (tx) => {
      const { tenant_name, created_by } = (await tx.executions.get(id)) ?? { tenant_name: TENANT, created_by: "admin" };
      const row = {
        tenant_name,
        created_by,
        created_at: tx.now(),
        visibility: "tenant",
        workflow_id: "uninstall",
      } as const;
      await tx.executionGroups.insert({ ...row, id: `${id}_services`, concurrency: 5 });
      await tx.nodeInstances.setState(TENANT, ["vm_db"], "deleted");
    });
    harness.startWorker();
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    expect(await states()).toEqual(["deleted", "deleted", "deleted", "deleted"]);
  });

  it("are only named by a dry run", async () => {
    await anEnvironment();
    harness.startWorker();
    const id = await harness.start("uninstall", { parameters: { recursive: true }, dryRun: true });
    await harness.ended(id);
    expect(await harness.messages(id)).toContain("Service deployments to uninstall: app, db");
    expect(await states()).toEqual(["started", "started", "started", "started"]);
  });

  it("are deleted before it, with theirs", async () => {
    await anEnvironment();
    await harness.database.unitOfWork((tx) =>
      tx.nodeInstances.setState(TENANT, ["node_1", "vm_app", "vm_db", "vm_cache"], "deleted"),
    );
    harness.startWorker();
    await harness.gone("d1", await remove());
    const left = await harness.database.read.deployments.named(TENANT, ["d1", "app", "db", "cache"], ["id"]);
    expect(left).toEqual([]);
  });

  it("keep it from being deleted when they cannot be", async () => {
    await anEnvironment();
    harness.startWorker();
    expect(await harness.ended(await remove())).toEqual({
      status: "failed",
      error: expect.stringContaining("There are live nodes for this deployment"),
    });
  });
});

const remove = async () => {
  const { id } = await harness.database.unitOfWork((tx) =>
    insertExecution(tx, ADMIN, {
      workflowId: "delete_deployment_environment",
      deployment: { id: "d1", blueprint_id: "bp" },
      status: "pending",
      parameters: { recursive: true, force: false, delete_logs: false },
    }),
  );
  return id;
};
