import { describe, expect, it } from "vitest";
import type { ExecutionStatus } from "../../../../src/api/statuses.ts";
import { type Deletion, deleteExecutions } from "../../../../src/services/executions/delete.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

/** Executions in the order of their age, and what is left of them. */
async function leftAfter(deletion: Partial<Deletion>) {
  const { database } = await aDatabase();
  await aDeployment(database, "d1");
  return database.unitOfWork(async (tx) => {
    const ids: string[] = [];
    const insert = (id: string, status: ExecutionStatus, workflow_id = "install") => {
      ids.push(id);
      return tx.executions.insert({
        ...{ id, status, workflow_id, deployment_id: "d1", parameters: {} },
        ...{ tenant_name: ADMIN.tenant, visibility: "tenant", created_by: "admin" },
        created_at: `2026-01-0${id.slice(-1)}T00:00:00.000Z`,
      });
    };
    await insert("environment1", "terminated", "create_deployment_environment");
    await insert("terminated2", "terminated");
    await insert("failed3", "failed");
    await insert("started4", "started");
    await insert("cancelled5", "cancelled");
    await insert("queued6", "queued");
    const count = await deleteExecutions(tx, ADMIN, { query: {}, ...deletion });
    const left: string[] = [];
    for (const id of ids) if (await tx.executions.get(id)) left.push(id);
    return { count, left };
  });
}

const KEPT = ["environment1", "started4", "queued6"];

describe("deleting executions", () => {
  it("leaves those that have not ended, and the one that made the deployment", async () => {
    expect(await leftAfter({})).toEqual({ count: 3, left: KEPT });
  });

  it.each([
    [1, ["environment1", "started4", "cancelled5", "queued6"]],
    [2, ["environment1", "failed3", "started4", "cancelled5", "queued6"]],
    [9, ["environment1", "terminated2", "failed3", "started4", "cancelled5", "queued6"]],
    [0, KEPT],
  ])("can keep the %i newest that have ended", async (keepLast, left) => {
    expect((await leftAfter({ keepLast })).left).toEqual(left);
  });

  it("can leave all that are younger than a time", async () => {
    const { left } = await leftAfter({ before: "2026-01-03T00:00:00.000Z" });
    expect(left).toEqual(["environment1", "failed3", "started4", "cancelled5", "queued6"]);
  });

  it("takes a number or a time, and no status", async () => {
    const bad = { code: "bad_parameters_error" };
    await expect(leftAfter({ keepLast: 1, before: "2026-01-03" })).rejects.toMatchObject(bad);
    await expect(leftAfter({ query: { status: "started" } })).rejects.toMatchObject(bad);
  });
});
