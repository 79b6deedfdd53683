import { describe, expect, it } from "vitest";
import type { ExecutionStatus, TaskState } from "../../../../src/api/statuses.ts";
import { actOnExecution } from "../../../../src/services/executions/act.ts";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import { storeGraph } from "../../../../src/services/operations/store-graph.ts";
import { ADMIN, aDatabase } from "../world.ts";

const STATES: Record<string, TaskState> = {
  succeeded: "succeeded",
  failed: "failed",
  rescheduled: "rescheduled",
  sent: "sent",
  started: "started",
  pending: "pending",
};
/** A task that failed and was tried again: the attempt stands for it. */
const RETRIED = { id: "first attempt", parameters: { current_retries: 0 } };
const RETRY = { id: "second attempt", parameters: { current_retries: 1, retried_task: RETRIED.id } };

/** The states of the operations of an execution after it was resumed. */
async function resumed(status: ExecutionStatus, action: "resume" | "force-resume") {
  const { database } = await aDatabase();
  return database.unitOfWork(async (tx) => {
    const { id } = await insertExecution(tx, ADMIN, { workflowId: "w", status: "pending", parameters: {} });
    const task = (one: { id: string; parameters: object }, state: TaskState) => ({
      ...one,
      parameters: { ...one.parameters },
      name: "n",
      type: "RemoteWorkflowTask",
      dependencies: [],
      state,
    });
    const operations = Object.entries(STATES).map(([name, state]) =>
      task({ id: name, parameters: { current_retries: 2 } }, state),
    );
    await storeGraph(tx, {
      executionId: id,
      name: "g",
      operations: [...operations, task(RETRIED, "failed"), task(RETRY, "failed")],
    });
    await tx.executions.update(id, { status });
    await actOnExecution(tx, ADMIN, id, action);
    const rows = await tx.operations.ofExecution(id);
    return {
      execution: await tx.executions.get(id),
      states: Object.fromEntries(rows.map((row) => [row.id, row.state])),
      retries: Object.fromEntries(rows.map((row) => [row.id, row.parameters["current_retries"]])),
    };
  });
}

describe("an execution that is resumed", () => {
  it("runs again what failed, with all its retries, and leaves alone what may still be running", async () => {
    const { execution, states, retries } = await resumed("failed", "resume");
    expect(execution).toMatchObject({ status: "pending", resume: true, ended_at: null });
    expect(states).toEqual({
      ...STATES,
      failed: "pending",
      rescheduled: "pending",
      [RETRIED.id]: "failed",
      [RETRY.id]: "pending",
    });
    expect(retries).toMatchObject({ failed: 0, [RETRY.id]: 0, sent: 2, succeeded: 2 });
  });

  it("runs again what was under way as well when it is forced", async () => {
    const { states } = await resumed("cancelled", "force-resume");
    expect(states).toMatchObject({ succeeded: "succeeded", failed: "pending", sent: "pending", started: "pending" });
  });

  it("runs nothing again that has failed when its worker was lost", async () => {
    const { execution, states } = await resumed("started", "resume");
    expect(execution?.status).toBe("pending");
    expect(states).toMatchObject(STATES);
  });
});
