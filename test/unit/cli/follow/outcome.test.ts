import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../helpers/resources.ts";

/** `executions watch` of an execution without events. */
const watched = (execution: Parameters<typeof anExecution>[0], options = "", signal?: AbortSignal) =>
  cfy(`executions watch E1 ${options}`, {
    manager: fakeManager()
      .on("GET /executions/E1", { answer: anExecution({ started_at: null, ...execution }), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" }),
    clock: fastClock(),
    signal,
  });

describe("the outcome of a follow", () => {
  it.each([
    ["terminated", "", 0, "install on d1 has completed\n", "  cfy events list E1\n"],
    [
      "failed",
      "no disk\n",
      1,
      "install on d1 has failed: no disk\n",
      "  cfy events list E1\n  cfy executions resume E1\n",
    ],
    ["failed", "a\nb", 1, "install on d1 has failed:\na\nb\n", "  cfy events list E1\n  cfy executions resume E1\n"],
    [
      "cancelled",
      "a task was left",
      3,
      "install on d1 was cancelled\n",
      "  cfy events list E1\n  cfy executions resume E1\n",
    ],
  ] as const)("%s (%j) exits %i and says what can be done", async (status, error, code, stdout, stderr) => {
    expect(await watched({ status, error })).toEqual({ code, stdout, stderr });
  });

  it.each([
    ["started", ""],
    ["cancelling", " --force"],
    ["force_cancelling", " --kill"],
  ] as const)("of one that is %s and goes on tells how to end it: cancel%s", async (status, harder) => {
    const { code, stderr } = await watched({ status }, "--timeout 60");
    expect(code).toBe(124);
    expect(stderr).toBe(
      `install on d1 has not ended within 60 seconds; it goes on (E1).\n  cfy executions watch E1\n  cfy executions cancel E1${harder}\n`,
    );
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("after %s exits %i, and the execution goes on", async (reason, exit) => {
    const { code, stderr } = await watched({}, "", AbortSignal.abort(reason));
    expect([code, stderr]).toEqual([exit, expect.stringContaining("goes on without this terminal (E1)")]);
  });

  it("that is no good is an error where a program reads", async () => {
    const { code, stdout, stderr } = await watched({ status: "cancelled" }, "--json");
    expect([code, stdout]).toEqual([3, ""]);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "execution_cancelled", hint: expect.anything() });
  });
});
