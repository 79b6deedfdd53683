import { describe, expect, it } from "vitest";
import { changeDeployment, deleteDeployment } from "../../../../src/services/deployments/change.ts";
import { addDeploymentLabels, replaceDeploymentLabels } from "../../../../src/services/deployments/labels.ts";
import { removeDeployment } from "../../../../src/services/deployments/remove.ts";
import { startExecution } from "../../../../src/services/executions/start.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import { createDependency } from "../../../../src/services/inter-deployment-dependencies/change.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const TENANT = "default_tenant";
const declared = (operation: string) => ({
  plugin: "default_workflows",
  operation,
  parameters: {},
  is_cascading: false,
});
const WORKFLOWS = {
  install: declared("cloudify.plugins.workflows.install"),
  uninstall: {
    ...declared("cloudify.plugins.workflows.uninstall"),
    parameters: { recursive: { type: "boolean", default: false } },
  },
};

/** `env` holds `sub`, an environment, and `app`, a service; `sub` holds the service `db`. */
async function world(): Promise<Database> {
  const { database } = await aDatabase();
  for (const id of ["env", "sub", "app", "db"]) await aDeployment(database, id, WORKFLOWS);
  await label(database, "sub", { "csys-obj-parent": "env", "csys-obj-type": "environment" });
  await label(database, "app", { "csys-obj-parent": "env" });
  await label(database, "db", { "csys-obj-parent": "sub" });
  return database;
}

const label = (database: Database, id: string, labels: Record<string, string>) =>
  database.unitOfWork((tx) =>
    addDeploymentLabels(
      tx,
      { tenant_name: TENANT, id },
      Object.entries(labels).map(([key, value]) => ({ key, value })),
      "admin",
    ),
  );

async function told(database: Database, id: string) {
  const row = await database.read.deployments.get(TENANT, id);
  return [
    row?.deployment_status,
    [row?.sub_services_count, row?.sub_services_status],
    [row?.sub_environments_count, row?.sub_environments_status],
  ];
}

async function installed(database: Database, id: string): Promise<void> {
  await database.unitOfWork((tx) => tx.nodeInstances.setState(TENANT, [`vm_${id}`], "started"));
  const { id: execution } = await start(database, id, "install", { force: true });
  for (const status of ["started", "terminated"]) {
    await database.unitOfWork((tx) => updateExecutionStatus(tx, execution, { status }));
  }
}

const start = (database: Database, deploymentId: string, workflowId: string, { force = false, parameters = {} } = {}) =>
  database.unitOfWork((tx) =>
    startExecution(tx, ADMIN, {
      deploymentId,
      workflowId,
      parameters,
      allowCustomParameters: false,
      force,
      queue: false,
      dryRun: false,
      waitAfterFail: 600,
    }),
  );

const remove = (database: Database, id: string, how: { force?: boolean; recursive?: boolean } = {}) =>
  database.unitOfWork((tx) =>
    deleteDeployment(tx, ADMIN, id, { force: false, deleteLogs: false, recursive: false, ...how }),
  );

describe("an environment", () => {
  it("counts what lives in it, however deep, and tells of the worst", async () => {
    const database = await world();
    expect(await told(database, "env")).toEqual([
      "requires_attention",
      [2, "requires_attention"],
      [1, "requires_attention"],
    ]);
  });

  it("is good when it and all in it are", async () => {
    const database = await world();
    for (const id of ["env", "sub", "app"]) await installed(database, id);
    expect(await told(database, "env")).toEqual([
      "requires_attention",
      [2, "requires_attention"],
      [1, "requires_attention"],
    ]);
    await installed(database, "db");
    expect(await told(database, "env")).toEqual(["good", [2, "good"], [1, "good"]]);
  });

  it("is in progress while something works deep inside of it", async () => {
    const database = await world();
    for (const id of ["db", "sub", "app", "env"]) await installed(database, id);
    const { id } = await start(database, "db", "uninstall");
    await database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status: "started" }));
    expect(await told(database, "env")).toEqual(["in_progress", [2, "in_progress"], [1, "in_progress"]]);
  });

  it("forgets what has been deleted or labelled otherwise", async () => {
    const database = await world();
    await database.unitOfWork((tx) => removeDeployment(tx, TENANT, "db"));
    expect((await told(database, "env"))[1]).toEqual([1, "requires_attention"]);
    await database.unitOfWork((tx) => replaceDeploymentLabels(tx, { tenant_name: TENANT, id: "sub" }, [], "admin"));
    await database.unitOfWork((tx) => replaceDeploymentLabels(tx, { tenant_name: TENANT, id: "app" }, [], "admin"));
    expect(await told(database, "env")).toEqual(["requires_attention", [0, null], [0, null]]);
  });

  it("must exist to become a parent, and not live in its own child", async () => {
    const database = await world();
    await expect(label(database, "app", { "csys-obj-parent": "nowhere" })).rejects.toMatchObject({
      code: "deployment_parent_not_found_error",
    });
    await expect(label(database, "env", { "csys-obj-parent": "db" })).rejects.toMatchObject({ code: "conflict_error" });
    await expect(label(database, "env", { "csys-obj-parent": "env" })).rejects.toMatchObject({
      code: "conflict_error",
    });
  });

  it("has its consumers whatever labels a user sets", async () => {
    const database = await world();
    const changed = await database.unitOfWork((tx) =>
      changeDeployment(tx, ADMIN, "env", { labels: [{ mine: "x" }, { "csys-consumer-id": "nobody" }] }),
    );
    expect(changed.labels.map(({ key, value }) => `${key}=${value}`).toSorted()).toEqual([
      "csys-consumer-id=app",
      "csys-consumer-id=sub",
      "mine=x",
    ]);
  });
});

describe("while others rely on a deployment", () => {
  it("it is not uninstalled, unless by force", async () => {
    const database = await world();
    await database.unitOfWork((tx) =>
      createDependency(tx, ADMIN, "db", { creator: "sharedresource.vm_1", target: "app" }),
    );
    await expect(start(database, "app", "uninstall")).rejects.toMatchObject({
      code: "dependent_exists_error",
      message:
        "Can't execute workflow `uninstall` on deployment app - existing installations depend on it:\n" +
        "[1] Deployment `db` uses a shared resource from the current deployment in its node `vm_1`",
    });
    expect((await start(database, "app", "uninstall", { force: true })).status).toBe("pending");
  });

  it("it is not deleted, unless by force", async () => {
    const database = await world();
    await database.unitOfWork((tx) =>
      createDependency(tx, ADMIN, "app", { creator: "nodes.web.properties.ip.get_capability", target: "db" }),
    );
    await expect(remove(database, "db")).rejects.toMatchObject({
      code: "dependent_exists_error",
      message:
        "Can't delete deployment db - the following existing installations depend on it:\n" +
        "[1] Deployment `app` uses capabilities of the current deployment in its node `web`",
    });
    await remove(database, "db", { force: true });
  });

  it("an environment goes only by force, or with its services", async () => {
    const database = await world();
    const message = expect.stringContaining("[1] Deployment `sub` is the parent of deployment db");
    await expect(start(database, "sub", "uninstall")).rejects.toMatchObject({ message });
    await expect(remove(database, "sub")).rejects.toMatchObject({ message });
    const { status } = await start(database, "sub", "uninstall", { parameters: { recursive: true } });
    expect(status).toBe("pending");
    await remove(database, "env", { recursive: true });
  });

  it("a component is no hindrance for its creator, which may take it down", async () => {
    const database = await world();
    await database.unitOfWork((tx) => createDependency(tx, ADMIN, "sub", { creator: "component.vm_1", target: "db" }));
    await expect(start(database, "db", "uninstall")).rejects.toMatchObject({
      message: expect.stringContaining("Deployment `sub` contains the current deployment in its node `vm_1`"),
    });
    await start(database, "sub", "uninstall");
    expect((await start(database, "db", "uninstall")).status).toBe("pending");
  });

  it("an install goes ahead all the same", async () => {
    const database = await world();
    const running = await start(database, "env", "install");
    expect(running.status).toBe("pending");
  });
});
