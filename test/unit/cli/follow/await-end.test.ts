import { describe, expect, it } from "vitest";
import type { Execution } from "../../../../src/api/resources.ts";
import type { ExecutionStatus } from "../../../../src/api/statuses.ts";
import type { Context } from "../../../../src/cli/context.ts";
import { awaitEnd } from "../../../../src/cli/follow/await-end.ts";
import { createClient } from "../../../../src/client/index.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { type Answer, loopback } from "../../../helpers/loopback.ts";
import { anExecution } from "../../../helpers/resources.ts";

interface Waiting {
  expected?: ExecutionStatus;
  timeout?: number;
  signal?: AbortSignal;
}

async function awaited(answer: Answer, { expected, timeout = 0, signal }: Waiting = {}): Promise<Execution> {
  const { endpoint } = await loopback(() => answer);
  const client = createClient({ endpoint, authentication: { kind: "none" } });
  const ctx = { clock: fastClock(), signal: signal ?? new AbortController().signal, verbose: () => {} };
  return awaitEnd(ctx as unknown as Context, client, anExecution(), { timeout, expected });
}

const inState = (status: ExecutionStatus, error = ""): Answer => ({ json: anExecution({ status, error }) });

describe("one of many that is waited for", () => {
  it.each([
    ["terminated", undefined],
    ["cancelled", "cancelled"],
  ] as const)("has come out well when it is %s and %s was asked for", async (status, expected) => {
    expect(await awaited(inState(status), { expected })).toMatchObject({ status });
  });

  it.each([
    ["failed", "no disk", undefined, 1, "no disk"],
    ["failed", "", undefined, 1, "it is failed"],
    ["cancelled", "", undefined, 3, "it is cancelled"],
    ["terminated", "", "cancelled", 1, "it is terminated"],
  ] as const)("that is %s (%j) and not %s is an error with code %i", async (status, error, expected, exit, message) => {
    const end = awaited(inState(status, error), { expected });
    await expect(end).rejects.toMatchObject({ code: `execution_${status}`, exit, message });
  });

  it("that does not exist any more is not found", async () => {
    const missing = { status: 404, json: { message: "no", error_code: "not_found_error" } };
    await expect(awaited(missing)).rejects.toMatchObject({ exit: 5 });
  });

  it("goes on when the time is over", async () => {
    const end = awaited(inState("started"), { timeout: 60 });
    await expect(end).rejects.toMatchObject({
      exit: 124,
      message: "install on d1 has not ended within 60 seconds; it goes on",
    });
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("goes on after %s, which exits %i", async (reason, exit) => {
    const end = awaited(inState("started"), { signal: AbortSignal.abort(reason) });
    await expect(end).rejects.toMatchObject({ exit, message: "install on d1 goes on" });
  });
});
