import { describe, expect, it } from "vitest";
import { actOnExecutionGroup, changeExecutionGroup } from "../../../../src/services/execution-groups/act.ts";
import { startExecutionGroup } from "../../../../src/services/execution-groups/start.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const DEPLOYMENTS = ["d1", "d2", "d3"];

async function aStartedGroup(concurrency: number) {
  const { database } = await aDatabase();
  for (const id of DEPLOYMENTS) await aDeployment(database, id);
  return database.unitOfWork(async (tx) => {
    const owned = { tenant_name: ADMIN.tenant, visibility: "tenant" as const, created_by: ADMIN.username };
    await tx.deploymentGroups.insert({ ...owned, id: "g", created_at: tx.now() });
    await tx.deploymentGroups.addMembers(ADMIN.tenant, "g", DEPLOYMENTS);
    const group = await startExecutionGroup(tx, ADMIN, {
      id: "eg",
      deploymentGroupId: "g",
      workflowId: "install",
      defaultParameters: {},
      parameters: {},
      force: false,
      concurrency,
    });
    return { database, members: group.execution_ids ?? [] };
  });
}

const statuses = async (database: Database) =>
  (await database.read.executionGroups.members(["eg"])).map(({ status }) => status);

describe("a group of executions", () => {
  it("lets as many run as it has room for, and the next when one ends", async () => {
    const { database, members } = await aStartedGroup(2);
    expect(await statuses(database)).toEqual(["pending", "pending", "queued"]);
    await database.unitOfWork((tx) => updateExecutionStatus(tx, members[0] ?? "", { status: "started" }));
    await database.unitOfWork((tx) => updateExecutionStatus(tx, members[0] ?? "", { status: "terminated" }));
    expect(await statuses(database)).toEqual(["terminated", "pending", "pending"]);
  });

  it("without room waits until it gets some", async () => {
    const { database } = await aStartedGroup(0);
    expect(await statuses(database)).toEqual(["queued", "queued", "queued"]);
    await database.unitOfWork((tx) => changeExecutionGroup(tx, ADMIN, "eg", { concurrency: 1 }));
    expect(await statuses(database)).toEqual(["pending", "queued", "queued"]);
  });

  it("that is cancelled starts none of those that waited", async () => {
    const { database } = await aStartedGroup(1);
    await database.unitOfWork((tx) => actOnExecutionGroup(tx, ADMIN, "eg", "cancel"));
    expect(await statuses(database)).toEqual(["cancelling", "cancelled", "cancelled"]);
  });
});
