import { expect, it } from "vitest";
import { createClient, followExecution } from "../../../../src/client/index.ts";
import { loopback } from "../../../helpers/loopback.ts";
import { anEvent, anExecution, page } from "../../../helpers/resources.ts";

it.each([
  [undefined, ["cloudify_event", "cloudify_log"]],
  [false, ["cloudify_event"]],
])("a program follows an execution to its end, with its logs unless it wants none (%j)", async (logs, types) => {
  const over = anEvent({ event_type: "workflow_succeeded", message: "It is over" });
  const { endpoint, seen } = await loopback(({ path, query }) => {
    const isFirst = Object.fromEntries(query)["_offset"] === "0";
    return { json: path.endsWith("/events") ? page(isFirst ? [over] : []) : anExecution({ status: "terminated" }) };
  });
  const client = createClient({ endpoint, authentication: { kind: "none" } });
  const told: string[] = [];
  for await (const happened of followExecution(client, "E1", { logs })) {
    told.push(happened.kind === "event" ? happened.event.message : happened.kind);
  }
  expect(told).toEqual(["status", "It is over", "ended"]);
  const asked = seen.find(({ path }) => path.endsWith("/events"))?.query ?? [];
  expect(asked.filter(([name]) => name === "type").map(([, value]) => value)).toEqual(types);
});
