import { describe, expect, it } from "vitest";
import { mappedEvent } from "../../../../src/cli/follow/event-json.ts";
import { eventLine } from "../../../../src/cli/follow/event-line.ts";
import { painter } from "../../../../src/cli/io.ts";
import { anEvent } from "../../../helpers/resources.ts";

const asWritten = (value: unknown): unknown => value;
const plain = { paint: painter(false), time: asWritten };
const line = (over: Parameters<typeof anEvent>[0], options = {}) => eventLine(anEvent(over), { ...plain, ...options });
const TIME = "2026-01-01 00:00:02.000";

describe("an event line", () => {
  it.each([
    [{ message: "Starting" }, `${TIME}  CFY <d1> Starting`],
    [{ node_instance_id: "web_1", operation: "a.b.create", message: "m" }, `${TIME}  CFY <d1> [web_1.create] m`],
    [{ node_instance_id: "web_1", message: "m" }, `${TIME}  CFY <d1> [web_1] m`],
    [
      { source_id: "web_1", target_id: "db_1", operation: "x.establish", message: "m" },
      `${TIME}  CFY <d1> [web_1->db_1|establish] m`,
    ],
    [{ source_id: "web_1", target_id: "db_1", message: "m" }, `${TIME}  CFY <d1> [web_1->db_1] m`],
    [{ source_id: "web_1", node_name: "web", message: "m" }, `${TIME}  CFY <d1> [web] m`],
    [{ type: "cloudify_log", level: "info", message: "m" }, `${TIME}  LOG <d1> INFO: m`],
    [{ deployment_id: null, message: "m" }, `${TIME}  CFY m`],
  ] as const)("of %j is %j", (over, expected) => {
    expect(line(over)).toBe(expected);
  });

  it("names the worker when it is asked to", () => {
    expect(line({ message: "m" }, { workerNames: true })).toBe(`${TIME} manager-1 CFY <d1> m`);
  });

  it("leaves the deployment out in a group", () => {
    expect(line({ message: "m" }, { group: true })).toBe(`${TIME}  CFY m`);
  });

  it("of a failed task shows why it failed", () => {
    const cause = { type: "NonRecoverableError", message: "no", traceback: "File x\nNonRecoverableError: no\n" };
    expect(line({ event_type: "task_failed", message: "Task failed", error_causes: [cause] }).split("\n")).toEqual([
      `${TIME}  CFY <d1> Task failed`,
      "File x",
      "NonRecoverableError: no",
    ]);
    const two = line({ event_type: "task_failed", message: "Task failed", error_causes: [cause, cause] });
    expect(two.split("\n").filter((text) => text === "-".repeat(32))).toHaveLength(2);
  });

  it("of a failed workflow shows its causes only in the message, as the manager put them there", () => {
    const cause = { type: "E", message: "no", traceback: "File x" };
    const told = line({ event_type: "workflow_failed", message: "failed: no", error_causes: [cause] });
    expect(told).toBe(`${TIME}  CFY <d1> failed: no`);
  });

  it.each([
    ["workflow_failed", "Workflow failed"],
    ["task_failed", "Workflow failed\nFile x"],
  ])("in brief shortens failures of workflows alone: %s", (event_type, told) => {
    const brief = line({ event_type, message: "Workflow failed\nFile x" }, { failuresInBrief: true });
    expect(brief).toBe(`${TIME}  CFY <d1> ${told}`);
  });

  it("is coloured by what happened", () => {
    const painted = line({ event_type: "workflow_failed", message: "failed" }, { paint: painter(true) });
    expect(painted).toContain("\u001b[91mfailed\u001b[39m");
  });
});

it("an event as JSON has the message and the context of the original's lines, and what they hold nowhere else", () => {
  const event = anEvent({ message: "m", node_name: "web", node_instance_id: "web_1", operation: "create" });
  expect(mappedEvent(event)).toEqual({
    _storage_id: event._storage_id,
    type: "cloudify_event",
    event_type: event.event_type,
    timestamp: event.timestamp,
    agent_name: null,
    manager_name: "manager-1",
    blueprint_id: "app",
    deployment_display_name: "d1",
    execution_group_id: null,
    source_id: null,
    target_id: null,
    reported_timestamp: event.reported_timestamp,
    message: { arguments: null, text: "m" },
    context: {
      deployment_id: "d1",
      execution_id: "E1",
      node_name: "web",
      operation: "create",
      workflow_id: "install",
      node_id: "web_1",
      source_id: null,
      target_id: null,
      task_error_causes: null,
    },
  });
});
