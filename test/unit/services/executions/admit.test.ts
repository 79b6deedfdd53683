import { describe, expect, it } from "vitest";
import { admit } from "../../../../src/services/executions/admit.ts";

const running = { id: "E1", tenant_name: "default_tenant", status: "started", workflow_id: "install" };

describe("admit", () => {
  it.each([
    ["nothing is ahead", { ahead: [], force: false, queue: false, systemWorkflowAhead: false }, "pending"],
    [
      "it is forced beside a running one",
      { ahead: [running], force: true, queue: false, systemWorkflowAhead: false },
      "pending",
    ],
    [
      "it may wait for a running one",
      { ahead: [running], force: false, queue: true, systemWorkflowAhead: false },
      "queued",
    ],
    ["force wins over queue", { ahead: [running], force: true, queue: true, systemWorkflowAhead: false }, "pending"],
    ["a snapshot runs", { ahead: [], force: false, queue: false, systemWorkflowAhead: true }, "queued"],
    [
      "a snapshot runs and it is forced",
      { ahead: [running], force: true, queue: false, systemWorkflowAhead: true },
      "queued",
    ],
  ] as const)("when %s", (_, admission, status) => {
    expect(admit(admission)).toBe(status);
  });

  it("names the execution in the way", () => {
    expect(() => admit({ ahead: [running], force: false, queue: false, systemWorkflowAhead: false })).toThrow(
      expect.objectContaining({
        code: "existing_running_execution_error",
        status: 400,
        message: expect.stringContaining(
          "[<Execution id=`E1` tenant=`default_tenant` status=`started` workflow_id=`install`>]",
        ),
      }),
    );
  });
});
