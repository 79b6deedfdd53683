import { describe, expect, it } from "vitest";
import { actOnExecutionGroup, changeExecutionGroup } from "../../../../src/services/execution-groups/act.ts";
import { startExecutionGroup } from "../../../../src/services/execution-groups/start.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const DEPLOYMENTS = ["d1", "d2", "d3"];

async function aStartedGroup(concurrency: number, without?: string) {
  const { database } = await aDatabase();
  for (const id of DEPLOYMENTS) await aDeployment(database, id, id === without ? {} : undefined);
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

const groupLog = async (database: Database) =>
  (await database.read.events.list({ tenant: ADMIN.tenant, equal: { execution_group_id: ["eg"] } })).items.map(
    ({ message }) => message,
  );

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

  it("that is resumed takes up those that did not end well, and no others", async () => {
    const { database, members } = await aStartedGroup(3);
    const [first = "", second = "", third = ""] = members;
    const ends = async (id: string, status: string) => {
      await database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status: "started" }));
      await database.unitOfWork((tx) => updateExecutionStatus(tx, id, { status }));
    };
    await ends(first, "failed");
    await ends(second, "terminated");
    await ends(third, "cancelled");
    await database.unitOfWork((tx) => actOnExecutionGroup(tx, ADMIN, "eg", "resume"));
    expect(await statuses(database)).toEqual(["pending", "terminated", "pending"]);
  });

  it("leaves out a deployment that does not have the workflow, and its log says so", async () => {
    const { database, members } = await aStartedGroup(3, "d2");
    expect(members).toHaveLength(2);
    const rows = await Promise.all(members.map((id) => database.read.executions.get(id)));
    expect(rows.map((row) => row?.deployment_id)).toEqual(["d1", "d3"]);
    const told = await groupLog(database);
    expect(told).toEqual([expect.stringContaining("d2 is left out")]);
  });

  it("puts deployments into the group for those that ended well, or failed", async () => {
    const { database, members } = await aStartedGroup(3);
    const [first = "", second = "", third = ""] = members;
    await database.unitOfWork(async (tx) => {
      const owned = { tenant_name: ADMIN.tenant, visibility: "tenant" as const, created_by: ADMIN.username };
      for (const id of ["good", "bad"]) await tx.deploymentGroups.insert({ ...owned, id, created_at: tx.now() });
      await changeExecutionGroup(tx, ADMIN, "eg", { successGroupId: "good", failureGroupId: "bad" });
      for (const [id, status] of [
        [first, "terminated"],
        [second, "failed"],
        [third, "cancelled"],
      ] as const) {
        await updateExecutionStatus(tx, id, { status: "started" });
        await updateExecutionStatus(tx, id, { status });
      }
    });
    const { deploymentGroups } = database.read;
    expect(await deploymentGroups.members(ADMIN.tenant, "good")).toEqual(["d1"]);
    expect(await deploymentGroups.members(ADMIN.tenant, "bad")).toEqual(["d2"]);
  });

  it("is not started on a group of deployments that is not there", async () => {
    const { database } = await aStartedGroup(1);
    const start = database.unitOfWork((tx) =>
      startExecutionGroup(tx, ADMIN, {
        ...{ deploymentGroupId: "nosuch", workflowId: "install", defaultParameters: {}, parameters: {} },
        ...{ force: false, concurrency: 1 },
      }),
    );
    await expect(start).rejects.toMatchObject({ code: "not_found_error" });
  });
});
