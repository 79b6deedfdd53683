import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import type { FakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { loopback } from "../../../helpers/loopback.ts";
import { anEvent, anExecution, page } from "../../../helpers/resources.ts";

/** A manager whose executions end once it has broken so many connections, and shown them running before. */
async function restarting(breaks: number): Promise<FakeManager> {
  let asked = 0;
  const events = [
    anEvent({ message: "It began" }),
    anEvent({ event_type: "workflow_succeeded", message: "It is over" }),
  ];
  const { endpoint } = await loopback(({ path, query }, response) => {
    asked++;
    if (asked > 6 && breaks-- > 0) return void response.destroy();
    const over = breaks < 0;
    const { _offset = "0" } = Object.fromEntries(query);
    if (path.endsWith("/events")) return { json: page(events.slice(Number(_offset), over ? 2 : 1)) };
    const id = path.slice(-2);
    return { json: over ? anExecution({ id, status: "terminated" }) : anExecution({ id }) };
  });
  return { endpoint: async () => endpoint, verify: () => {} } as unknown as FakeManager;
}

const LOST = /^Warning: connection lost \(.+\), retrying …$/gm;
const FOUND = /^Warning: reconnected after \d+\.\d s$/gm;

describe("a connection that breaks", () => {
  it("in a follow is told once, and when it is back; no event is lost or told twice", async () => {
    const { code, stdout, stderr } = await cfy("executions watch E1", {
      manager: await restarting(3),
      clock: fastClock(),
    });
    expect([code, stderr.match(LOST)?.length, stderr.match(FOUND)?.length]).toEqual([0, 1, 1]);
    expect(stdout.match(/It (began|is over)/g)).toEqual(["It began", "It is over"]);
  });

  it("in a wait for several is told once for all of them", async () => {
    const { code, stderr } = await cfy("executions wait E1 E2 E3", {
      manager: await restarting(6),
      clock: fastClock(),
    });
    expect([code, stderr.match(LOST)?.length, stderr.match(FOUND)?.length]).toEqual([0, 1, 1]);
  });
});
