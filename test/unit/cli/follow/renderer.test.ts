import { expect, it } from "vitest";
import { parse } from "yaml";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anEvent, anExecution, page } from "../../../helpers/resources.ts";

/** `executions watch` of an execution that has ended with two events. */
async function watched(options: string) {
  const ended = anExecution({ status: "terminated", ended_at: "2026-01-01T00:00:09.000Z" });
  const events = [
    anEvent({ message: "one" }),
    anEvent({ message: "two, the end", event_type: "workflow_succeeded", timestamp: "2026-01-01T00:00:03.000Z" }),
  ];
  const manager = fakeManager()
    .on("GET /executions/E1", { answer: ended, times: "any" })
    .on("GET /events", { answer: page(events), times: "any" });
  const ran = await cfy(`executions watch E1 ${options}`, { manager, clock: fastClock() });
  expect(ran.code).toBe(0);
  return ran.stdout;
}

it("a follow as csv is rows with heads", async () => {
  const [heads, ...rows] = (await watched("--format csv")).trimEnd().split("\n");
  expect(heads).toBe(
    "reported_timestamp,type,event_type,level,deployment_id,execution_id,workflow_id,node_instance_id,operation,message",
  );
  expect(rows.map((row) => row.endsWith(",one") || row.endsWith(',"two, the end"'))).toEqual([true, true]);
});

it("a follow as YAML is one sequence", async () => {
  const events = parse(await watched("--format yaml")) as { message: { text: string } }[];
  expect(events.map(({ message }) => message.text)).toEqual(["one", "two, the end"]);
});

it("a follow as JSON is a line for each event", async () => {
  const lines = (await watched("--json")).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).message.text)).toEqual(["one", "two, the end"]);
});

it("a follow as ids is the id of what is followed", async () => {
  expect(await watched("--output id")).toBe("E1\n");
});
