import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anEvent, anExecution, page } from "../../../../helpers/resources.ts";

const log = anEvent({ type: "cloudify_log", level: "debug", event_type: undefined, message: "details" });
const showing = (items: readonly unknown[], query: Record<string, string> = {}) =>
  fakeManager()
    .on("GET /executions/E1", { answer: anExecution() })
    .on("GET /events", { answer: page(items), query: { execution_id: "E1", _sort: "reported_timestamp", ...query } });

describe("events list", () => {
  it("shows one page as lines, debug logs only with -vv", async () => {
    const few = await cfy("events list E1 -s 2 -o 3", {
      manager: showing([anEvent(), log], { _size: "2", _offset: "3" }),
    });
    expect(few.stdout.trim().split("\n")).toHaveLength(1);
    const all = await cfy("events list E1 -vv", { manager: showing([anEvent(), log]) });
    expect(all.stdout).toContain("DEBUG: details");
  });

  it("writes JSON lines in the original's form", async () => {
    const { stdout } = await cfy("events list E1 --json", { manager: showing([anEvent({ message: "m" })]) });
    expect(JSON.parse(stdout)).toMatchObject({ message: { text: "m" }, context: { execution_id: "E1" } });
  });

  it("asks for a span of time", async () => {
    const range = "@timestamp,2020-01-01T00:00:00,2099-01-01T12:30:00";
    const manager = showing([], { _range: range });
    expect((await cfy("events list E1 --from 2020-01-01 --to '2099-01-01 12:30'", { manager })).code).toBe(0);
  });

  it("asks for those of a node instance since some time, by the names that servers know", async () => {
    const manager = showing([], { node_id: "web_1", _range: "@timestamp,,2026-04-30T12:00:00" });
    const clock = { now: () => Date.UTC(2026, 4, 14, 12), sleep: async () => {} };
    expect((await cfy("events list E1 --node web_1 --before '2 weeks'", { manager, clock })).code).toBe(0);
  });

  it.each(["events list", "events list E1 -e E2", "events list E1 -g G1"])("%s does not say whose", async (line) => {
    expect((await cfy(line, { manager: fakeManager() })).code).toBe(2);
  });

  it("says that the execution does not exist", async () => {
    const answer = { message: "Requested `Execution` with ID `E1` was not found", error_code: "not_found_error" };
    const manager = fakeManager().on("GET /executions/E1", { status: 404, answer });
    expect((await cfy("events list E1", { manager })).code).toBe(5);
  });

  it("with --tail tells an ended execution from its first event, and exits as it came out", async () => {
    const ended = anExecution({ status: "failed", error: "no disk" });
    const manager = fakeManager()
      .on("GET /executions/E1", { answer: ended, times: "any" })
      .on("GET /events", { query: { _offset: "0" }, answer: page([anEvent({ event_type: "workflow_failed" })]) })
      .on("GET /events", { query: { _offset: "1" }, answer: page([]), times: "any" });
    const ran = await cfy("events list E1 --tail", { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining("install on d1 has failed: no disk") });
  });
});

describe("events delete", () => {
  it("deletes what is older, and says how many", async () => {
    const manager = fakeManager()
      .on("GET /deployments/d1", { answer: { id: "d1" } })
      .on("DELETE /events", {
        query: { deployment_id: "d1", _range: "@timestamp,,2020-01-01T00:00:00" },
        answer: { items: [63] },
      });
    const ran = await cfy("events delete d1 --before 2020-01-01", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "Deleted 63 events\n" });
  });
});
