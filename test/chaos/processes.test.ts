import { describe, expect, it, onTestFinished } from "vitest";
import type { Running } from "../acceptance/fresh-home.ts";
import { ChaosHome, expectAllEventsOnce } from "./chaos-home.ts";

/** A home in which a followed install stands in the middle of its second step. */
async function midway(env: Record<string, string> = {}): Promise<{ home: ChaosHome; follow: Running }> {
  const home = new ChaosHome();
  onTestFinished(() => home.remove());
  await home.succeeds("server start", env);
  await home.deploy({ first: {}, second: { after: "first", held: true }, third: { after: "second" } });
  const follow = home.start("executions start install -d app --json-output");
  await follow.until("at second");
  return { home, follow };
}

const COMPLETE = ["begins first", "ends first", "begins second", "ends second", "begins third", "ends third"];
const ONE_STEP_AGAIN = COMPLETE.toSpliced(3, 0, "begins second");

async function expectTerminated(home: ChaosHome, follow: Running): Promise<void> {
  const { code, stderr } = await follow.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  const execution = await expectAllEventsOnce(home, follow);
  expect(execution.status).toBe("terminated");
}

describe("a follow whose server is killed", () => {
  it("says so, starts the next one, and goes on where it was", async () => {
    const { home, follow } = await midway();
    const worker = home.pid("worker");
    const killed = home.pid("server");
    home.signal("server", "SIGKILL");
    // It is noticed by the answer that breaks off, or by the next question when none was open.
    await follow.until("starting it again", "stderr");
    await home.starts("server", killed);
    home.release();
    await expectTerminated(home, follow);
    expect(home.journal()).toEqual(COMPLETE);
    expect(home.pid("worker")).toBe(worker);
  });

  it("together with its worker sees the execution resumed", async () => {
    const { home, follow } = await midway();
    home.signal("worker", "SIGKILL");
    home.signal("server", "SIGKILL");
    await follow.until("Resuming 'install' workflow execution");
    home.release();
    await expectTerminated(home, follow);
    expect(home.journal()).toEqual(ONE_STEP_AGAIN);
  });

  it("loses nothing when it is asked to end while it holds an answer back", async () => {
    const { home, follow } = await midway();
    const stopped = home.pid("server");
    home.signal("server", "SIGTERM");
    await follow.until("starting it again", "stderr");
    await home.starts("server", stopped);
    home.release();
    await expectTerminated(home, follow);
    expect(home.journal()).toEqual(COMPLETE);
  });
});

describe("a follow whose worker is killed", () => {
  it("sees the next one take over, and its end", async () => {
    const { home, follow } = await midway();
    home.signal("worker", "SIGKILL");
    await follow.until("Resuming 'install' workflow execution");
    home.release();
    await expectTerminated(home, follow);
    expect(home.journal()).toEqual(ONE_STEP_AGAIN);
    const { stdout } = await home.succeeds("node-instances list -d app --json");
    expect(JSON.parse(stdout) as { items?: { state: string }[] } & { state: string }[]).toMatchObject(
      Array.from({ length: 3 }, () => ({ state: "started" })),
    );
  });
});

describe("a worker that hangs", () => {
  it("is noticed by its silence, and another one takes over", async () => {
    // Long enough that a machine which is only slow does not look like it.
    const { home, follow } = await midway({ CFY_WORKER_LEASE_SECONDS: "5" });
    const hanging = home.pid("worker");
    home.signal("worker", "SIGSTOP");
    await follow.until("Resuming 'install' workflow execution");
    expect(home.pid("worker")).not.toBe(hanging);
    home.release();
    await expectTerminated(home, follow);
    expect(home.journal()).toEqual(ONE_STEP_AGAIN);
  });
});
