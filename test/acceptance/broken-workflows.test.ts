import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive } from "../../src/lib/process-alive.ts";
import { FreshHome } from "./fresh-home.ts";
import { Trials } from "./trials.ts";

let home: FreshHome;
let trials: Trials;
beforeAll(async () => {
  home = new FreshHome();
  trials = await Trials.install(home);
});
afterAll(() => home.remove());

const pidFile = () => join(home.path, "child.pid");
const child = () => Number(readFileSync(pidFile(), "utf8"));

describe("a workflow that", () => {
  it("raises fails with what it raised and the line it was", async () => {
    const { code, stdout } = await trials.run("raise");
    expect(code).toBe(1);
    expect(stdout).toContain("'raise' workflow execution failed: no such luck");
    expect(stdout).toMatch(/flows\/trials\.py", line \d+, in raise_error/);
    expect(stdout).toContain("ValueError: no such luck");
  });

  it("prints binary is shown as text that harms no terminal", async () => {
    const { code, stdout } = await trials.run("print_binary");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("binary") });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not come through
    expect(stdout).not.toMatch(/[\x00-\x08\x0b-\x1f]/);
  });

  it("prints 10 MB is followed to its last line", async () => {
    const { code, stdout } = await trials.run("print_much");
    expect(code).toBe(0);
    const lines = stdout.match(/\b00\d{5} x{92}/g) ?? [];
    expect(lines.length).toBe(100_000);
    expect(new Set(lines).size).toBe(100_000);
  });

  it("leaves a child behind ends all the same, and the child with it", async () => {
    expect((await trials.run("leave_child", "-p", `pid_file=${pidFile()}`, "--timeout", "30")).code).toBe(0);
    expect(isAlive(child())).toBe(false);
  });

  it("never ends stops at the time-out of who follows it, and when it is killed", async () => {
    expect((await trials.run("never_end", "--timeout", "1")).code).toBe(124);
    const { id = "" } = (await trials.executions("never_end")).at(-1) ?? {};
    expect((await home.cfy(`executions cancel ${id} --kill --wait --timeout 30`)).code).toBe(0);
  });
});

describe("an operation whose script", () => {
  it("has no execute bit runs by its first line", async () => {
    const { code, stdout } = await trials.operation("no_execute_bit", {});
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("runs all the same") });
  });

  it("leaves a service running in the background ends, and the service goes on", async () => {
    expect((await trials.operation("leave_child", { pid_file: pidFile() }, "--timeout", "30")).code).toBe(0);
    expect(isAlive(child())).toBe(true);
    process.kill(child());
  });

  it("gives up fails the execution at once, without another try", async () => {
    const gate = `${trials.gate}.never`;
    const { code, stdout } = await trials.operation("fail", { gate });
    expect(code).toBe(1);
    expect(stdout).toContain(`${gate} is missing`);
    expect(stdout).not.toContain("[retry");
  });

  it("was to get arguments that are no dictionary is not run without them", async () => {
    const words = ["-p", "operation=trials.fail", "-p", 'operation_kwargs={"gate": "/"}'];
    const { code, stdout } = await trials.run("execute_operation", ...words);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining("must be a dictionary") });
  });
});

describe("without python3", () => {
  it("a Python workflow fails and says so, and one without Python runs", async () => {
    const bare = new FreshHome();
    const PATH = join(bare.path, "nothing-here");
    const start = (words: string) => bare.cfy(words, { env: { PATH } });
    expect((await start("install test/acceptance/blueprints/trials/blueprint.yaml -b trials -d trials")).code).toBe(0);
    const { code, stdout } = await start("executions start raise -d trials");
    expect(code).toBe(1);
    expect(stdout).toContain("python3");
    expect(existsSync(bare.server("server.sock"))).toBe(true);
    await bare.remove();
  });
});
