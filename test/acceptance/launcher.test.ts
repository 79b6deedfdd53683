import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loopback } from "../helpers/loopback.ts";
import { FreshHome } from "./fresh-home.ts";

const run = promisify(execFile);

/** Parts of node that take longer to load than a command of ours. */
const SLOW = new Set([
  "crypto",
  "child_process",
  "https",
  "tls",
  "readline",
  "worker_threads",
  "internal/deps/undici/undici",
]);

let home: FreshHome;
beforeAll(() => {
  home = new FreshHome();
});
afterAll(() => home.remove());

const pipeline = (line: string) =>
  run("bash", ["-c", `set -o pipefail; ${line.replaceAll("cfy", resolve("bin/cfy.js"))}`], { env: home.environment() });

describe("the launcher", () => {
  it("tells the version by itself as the program would", async () => {
    const fast = await home.cfy("--version");
    expect(fast).toMatchObject({ code: 0, stderr: "" });
    expect(fast.stdout).toBe((await home.cfy("version")).stdout);
  });

  it("writes all of a long output into a pipe before it ends", async () => {
    const { stdout } = await pipeline("cfy commands --json | cat");
    expect(JSON.parse(stdout).length).toBeGreaterThan(20);
  });

  it("ends quietly when the reader of its output leaves", async () => {
    expect(await pipeline("cfy commands --json | head -c 1")).toEqual({ stdout: "[", stderr: "" });
    expect(await pipeline("cfy --version | true")).toEqual({ stdout: "", stderr: "" });
  });

  it.runIf(existsSync("/dev/full"))("says that its output cannot be written", async () => {
    for (const words of ["--version", "--help", "commands --json"]) {
      const failed = {
        code: 1,
        stderr: "Error: The output cannot be written: ENOSPC: no space left on device, write\n",
      };
      await expect(pipeline(`cfy ${words} > /dev/full`)).rejects.toMatchObject(failed);
    }
  });

  it("loads nothing that takes long for a list of a manager's executions", async () => {
    const manager = await loopback(() => ({
      json: { items: [], metadata: { pagination: { total: 0, size: 0, offset: 0 } } },
    }));
    const { host, port } = manager.endpoint;
    await home.cfy(`profiles use ${host} --rest-port ${port} --profile-name busy -u admin -p admin -t default_tenant`);
    const told = join(home.path, "loaded.json");
    const tell = join(home.path, "tell.cjs");
    writeFileSync(
      tell,
      `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify([
         ...process.moduleLoadList.map((name) => name.replace("NativeModule ", "")),
         ...Object.keys(require.cache),
       ])));`,
    );
    const { code } = await home.cfy("executions list", {
      env: { NODE_OPTIONS: `--require ${tell}`, CFY_PROFILE: "busy" },
    });
    expect(code).toBe(0);
    const loaded: string[] = JSON.parse(readFileSync(told, "utf8"));
    expect(loaded).toContain("http");
    expect(loaded.filter((name) => SLOW.has(name) || name.includes("/node_modules/"))).toEqual([]);
  });

  it("sends no colours into a pipe", async () => {
    const { stdout, stderr } = await home.cfy("exections list");
    expect(stdout + stderr).not.toContain("\u001b");
    const forced = await home.cfy("exections list", { env: { FORCE_COLOR: "1" } });
    expect(forced.stderr).toContain("\u001b[31mError:");
  });

  it.each([
    ["help", 0],
    ["", 0],
    ["executions", 0],
    ["no-such-command", 2],
    ["executions list --no-such-option", 2],
    ["executions get", 2],
  ])("`cfy %s` exits with %d", async (line, code) => {
    expect((await home.cfy(line)).code).toBe(code);
  });
});
