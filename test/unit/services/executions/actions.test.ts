import { describe, expect, it } from "vitest";
import type { ExecutionStatus } from "../../../../src/api/statuses.ts";
import { parseAction, statusWhenCancelled, validateResume } from "../../../../src/services/executions/actions.ts";

const execution = (status: ExecutionStatus) => ({ id: "E1", status });

describe("asking an execution to stop", () => {
  it.each([
    ["cancel", "started", "cancelling"],
    ["cancel", "pending", "cancelling"],
    ["cancel", "queued", "cancelling"],
    ["force-cancel", "started", "force_cancelling"],
    ["force-cancel", "cancelling", "force_cancelling"],
    ["kill", "started", "kill_cancelling"],
    ["kill", "terminated", "kill_cancelling"],
  ] as const)("%s of one that is %s makes it %s", (action, status, next) => {
    expect(statusWhenCancelled(execution(status), action)).toBe(next);
  });

  it.each([
    ["cancel", "terminated"],
    ["cancel", "cancelling"],
    ["force-cancel", "failed"],
    ["force-cancel", "force_cancelling"],
  ] as const)("%s of one that is %s is refused", (action, status) => {
    expect(() => statusWhenCancelled(execution(status), action)).toThrow(
      expect.objectContaining({
        code: "illegal_action_error",
        message: `Can't ${action} execution E1 because it's in status ${status}`,
      }),
    );
  });
});

describe("resuming", () => {
  it.each([
    ["resume", "cancelled"],
    ["resume", "failed"],
    ["resume", "started"],
    ["force-resume", "failed"],
  ] as const)("%s is possible from %s", (action, status) => {
    expect(() => validateResume(execution(status), action)).not.toThrow();
  });

  it.each([
    ["resume", "terminated"],
    ["resume", "queued"],
    ["force-resume", "started"],
  ] as const)("%s is refused from %s", (action, status) => {
    expect(() => validateResume(execution(status), action)).toThrow(
      expect.objectContaining({ status: 409, message: `Cannot ${action} execution: \`E1\` in state: \`${status}\`` }),
    );
  });
});

it("an unknown action is answered with those that exist", () => {
  expect(() => parseAction("nosuch")).toThrow(
    "Invalid action: nosuch, Valid action values are: ['cancel', 'force-cancel', 'kill', 'resume', 'force-resume', 'requeue']",
  );
});
