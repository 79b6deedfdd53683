import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../../helpers/resources.ts";

describe("executions cancel", () => {
  it.each([
    ["", "cancel"],
    ["--force", "force-cancel"],
    ["--kill", "kill"],
    ["--force --kill", "kill"],
  ])("with %j asks for %s", async (flags, action) => {
    const answer = anExecution({ status: "cancelling" });
    const manager = fakeManager().on("POST /executions/E1", { body: { action }, answer });
    const ran = await cfy(`executions cancel E1 ${flags}`, { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "install on d1 is cancelling (E1)\n" });
  });

  it("with --wait succeeds when it was cancelled", async () => {
    const manager = fakeManager()
      .on("POST /executions/E1", { answer: anExecution({ status: "cancelling" }) })
      .on("GET /executions/E1", { answer: anExecution({ status: "cancelled", started_at: null }), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    expect((await cfy("executions cancel E1 --wait", { manager, clock: fastClock() })).code).toBe(0);
  });
});

it.each([
  ["", "resume"],
  ["--reset-operations", "force-resume"],
])("executions resume with %j asks for %s", async (flags, action) => {
  const manager = fakeManager().on("POST /executions/E1", { body: { action }, answer: anExecution() });
  expect((await cfy(`executions resume E1 ${flags}`, { manager })).code).toBe(0);
});

it("executions list asks only for what it shows, and says how much of the whole that is", async () => {
  const manager = fakeManager().list("/executions", [anExecution({ status_display: "completed" })], {
    query: { deployment_id: "d1", _sort: "-created_at", _include_system_workflows: "False" },
  });
  const ran = await cfy("executions list -d d1 --descending --format csv --columns id,status", { manager });
  expect(ran).toMatchObject({ code: 0, stdout: "id,status\nE1,completed\n" });
});

it.each([
  ["failed", "failed"],
  ["completed", "terminated"],
  ["terminated", "terminated"],
])("executions list --status %s asks for those that are %s", async (word, status) => {
  const manager = fakeManager().list("/executions", [anExecution()], { query: { status, workflow_id: "heal" } });
  expect((await cfy(`executions list --status ${word} --workflow-id heal`, { manager })).code).toBe(0);
});

it("executions list takes -o for what it is to the original, and says how a format is asked for", async () => {
  const { code, stderr } = await cfy("executions list -o id");
  expect(code).toBe(2);
  expect(stderr).toContain('"id" is not a whole number; for the format of a list write --output id');
});

it("executions delete asks for what to keep, and says how many went", async () => {
  const manager = fakeManager().on("DELETE /executions", {
    body: { keep_last: 5 },
    answer: { items: [{ count: 16 }] },
  });
  expect(await cfy("executions delete --keep-last 5", { manager })).toMatchObject({
    stdout: "Deleted 16 executions\n",
  });
});

it("executions summary counts by two fields, the total of each group below it", async () => {
  const items = [{ status: "failed", executions: 3, "by workflow_id": [{ workflow_id: "install", executions: 3 }] }];
  const manager = fakeManager().list("/summary/executions", items, {
    query: { _target_field: "status", _sub_field: "workflow_id" },
  });
  const ran = await cfy("executions summary status workflow_id --json", { manager });
  expect(JSON.parse(ran.stdout)).toEqual([
    { status: "failed", workflow_id: "install", executions: 3 },
    { status: "failed", workflow_id: null, executions: 3 },
  ]);
});
