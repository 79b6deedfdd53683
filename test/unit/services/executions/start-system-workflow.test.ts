import { describe, expect, it } from "vitest";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import type { InternalWorkflow } from "../../../../src/services/executions/internal-workflows.ts";
import { startSystemWorkflow } from "../../../../src/services/executions/start-system-workflow.ts";
import { ADMIN, aDatabase } from "../world.ts";

async function started(workflowId: InternalWorkflow, { queue = false, busy = true } = {}) {
  const { database } = await aDatabase();
  return database.unitOfWork(async (tx) => {
    if (busy) await insertExecution(tx, ADMIN, { id: "E1", workflowId: "install", status: "pending", parameters: {} });
    return startSystemWorkflow(tx, ADMIN, workflowId, {}, { queue });
  });
}

describe("a workflow of the whole manager", () => {
  it.each<InternalWorkflow>(["restore_snapshot", "create_log_bundle", "update_plugin", "uninstall_plugin"])(
    "%s does not run beside anything else",
    async (workflowId) => {
      await expect(started(workflowId)).rejects.toMatchObject({
        code: "existing_running_execution_error",
        message: expect.stringContaining("E1"),
      });
      expect(await started(workflowId, { queue: true })).toMatchObject({ status: "queued", is_system_workflow: true });
      expect(await started(workflowId, { busy: false })).toMatchObject({ status: "pending" });
    },
  );

  it("create_snapshot runs beside others, unless it is to wait for them", async () => {
    expect(await started("create_snapshot")).toMatchObject({ status: "pending" });
    expect(await started("create_snapshot", { queue: true })).toMatchObject({ status: "queued" });
  });

  it("upload_blueprint is none, and runs beside others", async () => {
    expect(await started("upload_blueprint")).toMatchObject({ status: "pending", is_system_workflow: false });
  });
});
