import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Clock } from "../../../../src/lib/clock.ts";
import { serverHome } from "../../../../src/lib/server-home.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

async function machine() {
  const { env, directory } = await cfyHome();
  const home = serverHome(join(directory, ".cloudify"));
  mkdirSync(home.directory, { recursive: true });
  return { env, home };
}

describe("server status", () => {
  it("says that none runs, whatever number a dead one left, and starts none", async () => {
    const { env, home } = await machine();
    writeFileSync(home.pidFile, String(process.pid));
    writeFileSync(home.socket, "");
    const ran = await cfy("server status --json", { env });
    expect(ran.code).toBe(69);
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: "stopped", pid: null, socket: home.socket });
  });

  it("names the process of the one that answers", async () => {
    const { env, home } = await machine();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(home.socket, resolve));
    onTestFinished(() => void server.close());
    writeFileSync(home.pidFile, "4711\n");
    const ran = await cfy("server status --json", { env });
    expect([ran.code, JSON.parse(ran.stdout)]).toEqual([0, expect.objectContaining({ status: "running", pid: 4711 })]);
  });
});

describe("server stop", () => {
  it("touches nobody when no server answers", async () => {
    const { env, home } = await machine();
    // Were this number believed, the test would end here.
    writeFileSync(home.pidFile, String(process.pid));
    expect(await cfy("server stop", { env })).toMatchObject({ code: 0, stderr: "No server runs\n" });
  });
});

describe("server logs", () => {
  it("shows the last lines", async () => {
    const { env, home } = await machine();
    writeFileSync(home.log, `${Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join("\n")}\n`);
    expect((await cfy("server logs -n 3", { env })).stdout).toBe("line 19997\nline 19998\nline 19999\n");
  });

  it("goes on as it is written until told to stop", async () => {
    const { env, home } = await machine();
    writeFileSync(home.workerLog, "one\n");
    const controller = new AbortController();
    const steps = [
      () => appendFileSync(home.workerLog, "two\n"),
      () => writeFileSync(home.workerLog, "new\n"),
      () => controller.abort("SIGINT"),
    ];
    const clock: Clock = { now: Date.now, sleep: async () => steps.shift()?.() };
    const ran = await cfy("server logs -f --worker", { env, clock, signal: controller.signal });
    expect(ran).toMatchObject({ code: 0, stdout: "one\ntwo\nnew\n" });
  });

  it("says where the log would be", async () => {
    const { env, home } = await machine();
    expect(await cfy("server logs", { env })).toMatchObject({ code: 5, stderr: expect.stringContaining(home.log) });
  });
});
