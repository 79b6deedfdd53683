import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anEvent, page } from "../../../../helpers/resources.ts";

const group = {
  id: "G1",
  workflow_id: "install",
  deployment_group_id: "dg",
  concurrency: 5,
  execution_ids: ["E1", "E2"],
};

describe("executions groups", () => {
  it.each([
    ["cancel G1", "POST", { action: "cancel" }],
    ["cancel G1 -f", "POST", { action: "force-cancel" }],
    ["cancel G1 -k", "POST", { action: "kill" }],
    ["resume G1", "POST", { action: "resume" }],
    ["resume G1 --reset-operations", "POST", { action: "force-resume" }],
    ["set-concurrency G1 0", "PATCH", { concurrency: 0 }],
    ["set-success-group G1 good", "PATCH", { success_group_id: "good", failure_group_id: null }],
    ["set-failure-group G1 bad", "PATCH", { success_group_id: null, failure_group_id: "bad" }],
  ])("%s", async (line, method, body) => {
    const manager = fakeManager().on(`${method} /execution-groups/G1`, { body, answer: group });
    const ran = await cfy(`executions groups ${line}`, { manager });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The execution group G1 .+\n$/) });
  });

  it.each([
    ["terminated", 0],
    ["failed", 1],
    ["cancelled", 3],
  ])("start follows it, and exits as it came out: %s", async (status, code) => {
    const body = {
      deployment_group_id: "dg",
      workflow_id: "install",
      default_parameters: { a: "1" },
      force: false,
      parameters: null,
      concurrency: 7,
    };
    const manager = fakeManager()
      .on("POST /execution-groups", { body, answer: group })
      .on("GET /execution-groups/G1", { answer: { ...group, status }, times: "any" })
      .on("GET /events", { query: { execution_group_id: "G1" }, answer: page([]), times: "any" });
    const line = "executions groups start install -g dg --concurrency 7 -p a=1";
    expect(await cfy(line, { manager, clock: fastClock() })).toMatchObject({ code });
  });

  it("start --detach prints its id for a script", async () => {
    const manager = fakeManager().on("POST /execution-groups", { answer: group });
    const ran = await cfy("executions groups start install -g dg --detach -o id -q", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "G1\n" });
  });

  it("details shows the last events and how many executions are how far", async () => {
    const total = { items: [], metadata: { pagination: { total: 25, size: 1, offset: 0 } } };
    const manager = fakeManager()
      .on("GET /execution-groups/G1", { answer: { ...group, status: "started" } })
      .on("GET /events", { query: { _size: "1" }, answer: total })
      .on("GET /events", { query: { _size: "10", _offset: "15" }, answer: page([anEvent({ message: "the last" })]) })
      .list("/summary/executions", [{ status: "failed", executions: 2 }], { query: { execution_group_id: "G1" } });
    const ran = await cfy("executions groups details G1 --json", { manager });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      "#executions": 2,
      status: "started",
      executions_by_status: { failed: 2 },
      latest_events: [{ message: "the last" }],
    });
  });
});

describe("executions operations and graphs", () => {
  it.each([
    ["operations list E1", "/operations", { execution_id: "E1", skip_internal: "True" }],
    [
      "operations list --graph-id T1 --show-internal --state failed",
      "/operations",
      { graph_id: "T1", state: "failed" },
    ],
    ["graphs list E1 --name install", "/tasks_graphs", { execution_id: "E1", name: "install" }],
  ])("%s", async (line, path, query) => {
    const manager = fakeManager().list(path, [{ id: "x", name: "n" }], { query });
    expect(await cfy(`executions ${line} -o id`, { manager })).toMatchObject({ code: 0, stdout: "x\n" });
  });

  it("operations list wants to know whose", async () => {
    expect((await cfy("executions operations list")).code).toBe(2);
    expect((await cfy("executions operations list E1 --graph-id T1")).code).toBe(2);
  });
});
