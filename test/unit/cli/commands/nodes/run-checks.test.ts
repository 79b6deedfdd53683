import { expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../../helpers/resources.ts";

it("nodes list --run-checks lists nothing when a check has failed, and says why", async () => {
  const check = anExecution({ workflow_id: "check_drift", status: "failed", error: "unreachable", started_at: null });
  const manager = fakeManager()
    .on("POST /executions", { status: 201, answer: check })
    .on("GET /executions/E1", { answer: check, times: "any" })
    .on("GET /events", { answer: page([]), times: "any" });
  const ran = await cfy("nodes list -d d1 --run-checks", { manager, clock: fastClock() });
  expect(ran).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("check_drift on d1 did not complete: unreachable"),
  });
});

it("nodes list --run-checks needs a deployment", async () => {
  expect((await cfy("nodes list --run-checks", { manager: fakeManager() })).code).toBe(2);
});
