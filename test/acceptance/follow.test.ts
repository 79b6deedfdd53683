import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FreshHome } from "./fresh-home.ts";
import { Terminal } from "./terminal.ts";
import { Trials } from "./trials.ts";

let home: FreshHome;
let trials: Trials;
beforeAll(async () => {
  home = new FreshHome();
  trials = await Trials.install(home);
});
afterAll(() => home.remove());
afterEach(async () => {
  trials.open();
  for (const { id } of await trials.executions("wait_for_gate")) await home.cfy(`executions wait ${id} --timeout 30`);
});

/** Follows a workflow that waits, until it says that it does. */
async function follow(...more: string[]) {
  trials.close();
  const following = trials.start("wait_for_gate", ["-p", `gate=${trials.gate}`, ...more]);
  await following.until("waiting for the gate");
  return following;
}
const lastId = async () => (await trials.executions("wait_for_gate")).at(-1)?.id ?? "";
const statusOf = async (id: string) => (await home.json<{ status: string }>(`executions get ${id}`)).status;

describe("who follows an execution", () => {
  it("sees what happens as it happens, and how it ends", async () => {
    const following = await follow();
    trials.open();
    const { code, stdout } = await following.ended;
    expect(code).toBe(0);
    const times = stdout.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}/gm) ?? [];
    expect(times).toEqual([...times].sort());
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/^[\d\-: .]+/, "")),
    ).toEqual([
      "CFY <trials> Starting 'wait_for_gate' workflow execution",
      "LOG <trials> INFO: waiting for the gate 1 times",
      "LOG <trials> INFO: through the gate",
      "CFY <trials> 'wait_for_gate' workflow execution succeeded",
      "wait_for_gate on trials has completed",
    ]);
  });

  it("sees on a terminal that it is not over yet, and nothing of that in the end", async () => {
    trials.close();
    const words = ["executions", "start", "wait_for_gate", "-d", "trials", "-p", `gate=${trials.gate}`];
    const following = new Terminal(home, words, { columns: 100, lines: 24 });
    await following.until("waiting for the gate");
    await following.until(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] .*wait_for_gate on trials: started/);
    trials.open();
    const { code, stdout } = await following.ended;
    const standing = stdout.split(/\r?\n/).map((line) => line.split("\u001b[1G\u001b[0K").at(-1));
    expect(standing.join("\n")).not.toContain("trials: started");
    expect(standing).toContainEqual(expect.stringContaining("wait_for_gate on trials has completed"));
    expect(code).toBe(0);
  });

  it("may leave out logs", async () => {
    trials.open();
    const { stdout } = await trials.run("wait_for_gate", "-p", `gate=${trials.gate}`, "--no-logs");
    expect(stdout).not.toContain("LOG");
    expect(stdout).toContain("'wait_for_gate' workflow execution succeeded");
  });

  it("may have every event as a line of JSON", async () => {
    trials.open();
    const { stdout } = await trials.run("wait_for_gate", "-p", `gate=${trials.gate}`, "--json");
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ event_type, type }) => event_type ?? type)).toEqual([
      "workflow_started",
      "cloudify_log",
      "cloudify_log",
      "workflow_succeeded",
    ]);
  });

  it("can join later, and sees everything from the start once", async () => {
    const first = await follow();
    const id = await lastId();
    const second = home.start(`executions watch ${id}`);
    await second.until("waiting for the gate");
    trials.open();
    const [one, two] = await Promise.all([first.ended, second.ended]);
    expect(two).toMatchObject({ code: 0, stdout: one.stdout });
  });
});

describe("when the time is over", () => {
  it("says that the execution goes on, and what to do", async () => {
    const { id } = await trials.startWaiting();
    const { code, stderr } = await home.cfy(`executions watch ${id} --timeout 2`);
    expect(code).toBe(124);
    expect(stderr).toContain(`wait_for_gate on trials has not ended within 2 seconds; it goes on (${id}).`);
    expect(stderr).toMatch(new RegExp(`cfy executions watch ${id}\n +cfy executions cancel ${id}`));
    expect(await statusOf(id)).toBe("started");
  });
});

describe("Ctrl-C", () => {
  it("leaves the execution to itself, and says how to come back to it", async () => {
    const following = await follow();
    following.process.kill("SIGINT");
    const { code, signal, stderr } = await following.ended;
    const id = await lastId();
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    expect(stderr).toContain(`wait_for_gate on trials goes on without this terminal (${id}).`);
    expect(stderr).toMatch(new RegExp(`cfy executions watch ${id}\n +cfy executions cancel ${id}`));
    expect(await statusOf(id)).toBe("started");
  });

  it("tells a script so in JSON", async () => {
    const following = await follow("--json");
    following.process.kill("SIGINT");
    const { code, stderr } = await following.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "detached" });
  });

  it("cancels the execution instead when that was asked for", async () => {
    const following = await follow("--cancel-on-interrupt");
    following.process.kill("SIGINT");
    const { code, stdout } = await following.ended;
    expect(code).toBe(3);
    expect(stdout).toContain("wait_for_gate on trials was cancelled");
    expect(stdout.match(/Starting 'wait_for_gate'/g)).toHaveLength(1);
    expect(await statusOf(await lastId())).toBe("cancelled");
  });

  it("pressed twice ends at once", async () => {
    trials.close();
    const following = trials.start("never_end", ["--cancel-on-interrupt"]);
    await following.until("never ending");
    following.process.kill("SIGINT");
    await following.until("Cancelling never_end", "stderr");
    following.process.kill("SIGINT");
    expect((await following.ended).code).toBe(130);
    const { id = "" } = (await trials.executions("never_end")).at(-1) ?? {};
    expect((await home.cfy(`executions cancel ${id} --kill --wait`)).code).toBe(0);
  });
});

describe("a reader that leaves", () => {
  it("leaves the execution to itself, and the exit code says that its end was not seen", async () => {
    const following = await follow();
    following.process.stdout?.destroy();
    trials.open();
    expect((await following.ended).code).toBe(141);
  });
});

describe("SIGTERM", () => {
  it("leaves the execution to itself too", async () => {
    const following = await follow();
    following.process.kill("SIGTERM");
    expect((await following.ended).code).toBe(143);
    expect(await statusOf(await lastId())).toBe("started");
  });
});
