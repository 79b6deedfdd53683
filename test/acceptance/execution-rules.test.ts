import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Execution } from "../../src/api/resources.ts";
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

const cancel = (id: string, ...flags: string[]) => home.cfy(["executions", "cancel", id, ...flags]);
const waitFor = (id: string) => home.cfy(`executions wait ${id} --timeout 60`);
const statusOf = async (id: string) => (await home.json<Execution>(`executions get ${id}`)).status;

describe("parameters", () => {
  it.each([
    ["that the workflow does not declare", ["-p", "gat=x"], 1, "gat"],
    ["of the wrong type", ["-p", "times=often", "-p", "gate=x"], 1, "must be of type integer"],
    ["that are missing", [], 1, "gate"],
    ["that are no dictionary", ["-p", "gate"], 2, "key=value"],
    ["from a file that is not there", ["-p", "@nowhere.yaml"], 5, "nowhere.yaml"],
  ])("%s are refused, and nothing is started", async (_, words, code, said) => {
    const before = await trials.executions();
    const ran = await trials.run("wait_for_gate", ...words);
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(said) });
    expect(await trials.executions()).toEqual(before);
  });

  it("take numbers as text, defaults, and undeclared ones when that is asked for", async () => {
    trials.open();
    const words = ["-p", `gate=${trials.gate};times=3`, "-p", "colour=red", "--allow-custom-parameters"];
    const { code, stdout } = await trials.run("wait_for_gate", ...words);
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("waiting for the gate 3 times"),
    });
    const last = (await trials.executions()).at(-1);
    const { parameters } = await home.json<Execution>(`executions get ${last?.id}`);
    expect(parameters).toMatchObject({ times: 3, colour: "red" });
  });
});

describe("while an execution runs on a deployment", () => {
  it("another one is refused, with the running one and the ways on", async () => {
    const running = await trials.startWaiting();
    const { code, stderr } = await trials.run("raise");
    expect(code).toBe(6);
    expect(stderr).toContain(`wait_for_gate (${running.id})`);
    expect(stderr).toMatch(new RegExp(`cfy executions watch ${running.id}\n.*--queue.*--force`));
    const json = await trials.run("raise", "--json");
    expect(JSON.parse(json.stderr).error).toMatchObject({ code: "existing_running_execution_error", status: 400 });
    trials.open();
    expect((await waitFor(running.id)).code).toBe(0);
  });

  it("another one runs beside it by force", async () => {
    const running = await trials.startWaiting();
    expect((await trials.operation("no_execute_bit", {}, "--force")).code).toBe(0);
    expect(await statusOf(running.id)).toBe("started");
    trials.open();
    await waitFor(running.id);
  });

  it("a queued one starts when it has ended", async () => {
    const running = await trials.startWaiting();
    const queued = await trials.run("wait_for_gate", "-p", `gate=${trials.gate}`, "--queue", "--detach", "-o", "id");
    const id = queued.stdout.trim();
    expect(await statusOf(id)).toBe("queued");
    const wait = home.start(`executions wait ${running.id} ${id} --timeout 60s`);
    await wait.until(`is queued behind wait_for_gate (${running.id}, started)`, "stderr");
    trials.open();
    const { code, stdout } = await wait.ended;
    expect({ code, ends: stdout.match(/ completed /g) }).toEqual({ code: 0, ends: [" completed ", " completed "] });
    const [first, second] = await Promise.all(
      [running.id, id].map((each) => home.json<Execution>(`executions get ${each}`)),
    );
    expect(String(second?.started_at) >= String(first?.ended_at)).toBe(true);
  });
});

describe("a dry run", () => {
  it("tells what it would do, and runs nothing", async () => {
    const { code, stdout } = await trials.operation("fail", { gate: `${trials.gate}.never` }, "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("(dry run)");
    expect(stdout).not.toContain("Process created");
  });
});

describe("an execution that is asked to stop", () => {
  it("is chosen by its deployment and status, once that is confirmed, and not where only reading is allowed", async () => {
    const { id } = await trials.startWaiting();
    const line = "executions cancel -d trials --status started --kill --wait --json";
    expect(await home.cfy(line)).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
    const readOnly = await home.cfy(`${line} --yes`, { env: { CFY_READ_ONLY: "1" } });
    expect(readOnly.code).toBe(4);
    expect(await statusOf(id)).toBe("started");
    const { code, stdout } = await home.cfy(`${line} --yes`);
    expect({ code, rows: JSON.parse(stdout) }).toMatchObject({ code: 0, rows: [{ id, result: "cancelled" }] });
  });

  it("is asked about on a terminal, where Ctrl-C is no answer", async () => {
    const { id } = await trials.startWaiting();
    const answered = async (keys: string) => {
      const words = ["executions", "cancel", "-d", "trials", "--status", "started", "--kill"];
      const asked = new Terminal(home, words, { columns: 100, lines: 30 });
      await asked.until("Cancel 1 execution? [y/N]");
      asked.type(keys);
      return (await asked.ended).code;
    };
    expect(await answered("\u0003")).toBe(130);
    expect(await answered("n\r")).toBe(1);
    expect(await statusOf(id)).toBe("started");
    expect(await answered("y\r")).toBe(0);
    expect((await waitFor(id)).code).toBe(3);
  });

  it("ends when its workflow notices", async () => {
    const { id } = await trials.startWaiting();
    const cancelled = await cancel(id, "--wait");
    expect(cancelled).toMatchObject({ code: 0, stdout: expect.stringContaining("stopping at the gate") });
    expect(await home.cfy(`executions watch ${id}`)).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("wait_for_gate on trials was cancelled"),
    });
  });

  it.each(["--force", "--kill"])("ends with %s even when its workflow never looks", async (how) => {
    const started = await trials.run("never_end", "--timeout", "1", "-o", "id");
    expect(started.code).toBe(124);
    const { id = "" } = (await trials.executions("never_end")).at(-1) ?? {};
    expect((await cancel(id, how, "--wait", "--timeout", "30")).code).toBe(0);
    expect(await statusOf(id)).toBe("cancelled");
  });

  it("is refused when it has ended", async () => {
    const { id = "" } = (await trials.executions("never_end")).at(-1) ?? {};
    expect(await cancel(id)).toMatchObject({ code: 6, stderr: expect.stringContaining("cancelled") });
  });
});

describe("an execution that has failed", () => {
  it("goes on where it stopped when it is resumed", async () => {
    trials.close();
    const failed = await trials.run("fail_once", "-p", `gate=${trials.gate}`);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining("is missing") });
    trials.open();
    const { id = "" } = (await trials.executions("fail_once")).at(-1) ?? {};
    expect(await home.cfy(`executions resume ${id} --reset-operations`)).toMatchObject({ code: 0 });
    expect((await waitFor(id)).code).toBe(0);
    const events = await home.cfy(`events list ${id}`);
    expect(events.stdout.match(/first step/g)).toHaveLength(1);
  });

  it("is not resumed when it has come to a good end", async () => {
    const { id = "" } = (await trials.executions("fail_once")).at(-1) ?? {};
    expect(await home.cfy(`executions resume ${id}`)).toMatchObject({ code: 6, stderr: expect.stringContaining(id) });
  });
});
