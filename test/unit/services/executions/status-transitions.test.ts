import { describe, expect, it } from "vitest";
import { EXECUTION_STATUSES, FINAL_STATUSES } from "../../../../src/api/statuses.ts";
import { validateTransition } from "../../../../src/services/executions/status-transitions.ts";

const becomes = (from: (typeof EXECUTION_STATUSES)[number], to: string, workflow_id = "install") =>
  validateTransition({ id: "E1", status: from, workflow_id }, to);
const refused = expect.objectContaining({ code: "invalid_exception_status_update", status: 400 });

describe("the status of an execution", () => {
  it.each(EXECUTION_STATUSES)("may stay %s", (status) => {
    expect(becomes(status, status)).toBe(status);
  });

  it.each(FINAL_STATUSES)("never leaves %s", (status) => {
    for (const next of EXECUTION_STATUSES) if (next !== status) expect(() => becomes(status, next)).toThrow(refused);
  });

  it.each(["cancelling", "force_cancelling"] as const)("when %s ends as failed or cancelled only", (status) => {
    expect(becomes(status, "failed")).toBe("failed");
    expect(becomes(status, "cancelled")).toBe("cancelled");
    for (const next of ["pending", "started", "kill_cancelling", "terminated"]) {
      expect(() => becomes(status, next)).toThrow(refused);
    }
  });

  it("may be anything after a kill was asked for", () => {
    expect(becomes("kill_cancelling", "terminated")).toBe("terminated");
  });

  it("of a restored snapshot may be set again", () => {
    expect(becomes("terminated", "failed", "create_snapshot")).toBe("failed");
  });

  it("must be one that exists", () => {
    expect(() => becomes("started", "nosuch")).toThrow(
      'can\'t change status from started to nosuch for "E1" execution while running "install" workflow.',
    );
  });
});
