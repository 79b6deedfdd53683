import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../src/lib/clock.ts";
import { hostChanges, joinChanges, type SharedChanges, type Topic } from "../../../src/storage/index.ts";

function aPath(): string {
  const directory = mkdtempSync(join(tmpdir(), "cfy-bus-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "bus.sock");
}

const closing = <T extends SharedChanges>(changes: T): T => {
  onTestFinished(() => changes.close());
  return changes;
};

const soon = () => AbortSignal.timeout(5000);

/** Joined for sure: both sides are woken when they meet. */
async function joined(path: string, host: SharedChanges) {
  const member = closing(joinChanges(path, systemClock));
  await Promise.all([host.wait(["queue"], soon()), member.wait(["queue"], soon())]);
  return member;
}

it("what one process publishes, the others hear", async () => {
  const path = aPath();
  const host = closing(await hostChanges(path));
  const one = await joined(path, host);
  const two = await joined(path, host);
  const heard = [host.wait(["execution:E1"], soon()), two.wait(["execution:E1"], soon())];
  one.publish(["execution:E1", "queue"]);
  expect(await Promise.all(heard)).toEqual(["execution:E1", "execution:E1"]);
});

it("the publisher itself hears it once", async () => {
  const path = aPath();
  const host = closing(await hostChanges(path));
  const member = await joined(path, host);
  const heard: Topic[] = [];
  member.subscribe(["execution:E1"], (topic) => heard.push(topic));
  const answered = member.wait(["control:E1"], soon());
  host.subscribe(["execution:E1"], () => host.publish(["control:E1"]));
  member.publish(["execution:E1"]);
  await answered;
  expect(heard).toEqual(["execution:E1"]);
});

it("a member waits for its host, and looks again each time it joins", async () => {
  const path = aPath();
  const member = closing(joinChanges(path, systemClock));
  const first = member.wait(["queue"], soon());
  const host = await hostChanges(path);
  expect(await first).toBe("queue");
  await host.close();
  const second = member.wait(["queue"], soon());
  closing(await hostChanges(path));
  expect(await second).toBe("queue");
});

it("a file that a dead host left behind is no obstacle", async () => {
  const path = aPath();
  writeFileSync(path, "");
  const host = closing(await hostChanges(path));
  await joined(path, host);
});

it("a wait ends when it is given up", async () => {
  const host = closing(await hostChanges(aPath()));
  const controller = new AbortController();
  const waiting = host.wait(["queue"], controller.signal);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
});
