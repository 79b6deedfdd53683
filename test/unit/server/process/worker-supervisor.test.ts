import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { isAlive } from "../../../../src/lib/process-alive.ts";
import { WorkerSupervisor } from "../../../../src/server/process/worker-supervisor.ts";
import { leaseOf } from "../../../../src/services/workers/lease.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { aDatabase } from "../../../helpers/database.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

/** A process that does nothing until it is ended. */
const IDLE: [string, ...string[]] = [process.execPath, "-e", "setInterval(() => {}, 1000)"];

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

function aSupervisor(database: Database, command = IDLE, env: NodeJS.ProcessEnv = process.env) {
  const said: string[] = [];
  const listeners = new Set<() => void>();
  const say = (message: string) => {
    said.push(message);
    for (const listener of listeners) listener();
  };
  const supervisor = new WorkerSupervisor({
    command,
    env,
    lease: leaseOf({}),
    logPath: join(temporaryDirectory(), "worker.log"),
    read: database.read,
    clock: systemClock,
    log: { info: say, error: say },
  });
  onTestFinished(() => supervisor.stop({ endWorker: true }));
  /** The pid in the nth line that says this. */
  const pidIn = (pattern: RegExp, nth = 1): Promise<number> =>
    new Promise((resolve) => {
      const look = () => {
        const line = said.filter((text) => pattern.test(text))[nth - 1];
        if (line === undefined) return;
        listeners.delete(look);
        resolve(Number(pattern.exec(line)?.[1]));
      };
      listeners.add(look);
      look();
    });
  return { supervisor, said, pidIn };
}

const STARTED = /worker (\d+) started/;

it("a worker is not told who started the server", async () => {
  const directory = temporaryDirectory();
  const told = join(directory, "told");
  const tell = `require("fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.env)); setInterval(() => {}, 1000)`;
  const database = await aDatabase();
  const env = { ...process.env, CLOUDIFY_PASSWORD: "secret", CLOUDIFY_TOKEN: "secret", OWN: "kept" };
  const { supervisor } = aSupervisor(database, [process.execPath, "-e", tell], env);
  supervisor.start();
  await vi.waitUntil(() => readIfThere(told).endsWith("}"), { timeout: 20_000 });
  const seen = JSON.parse(readIfThere(told)) as Record<string, string>;
  expect(seen["OWN"]).toBe("kept");
  expect(Object.values(seen)).not.toContain("secret");
});

it("a worker that dies is started again", async () => {
  const { supervisor, pidIn, said } = aSupervisor(await aDatabase());
  supervisor.start();
  const first = await pidIn(STARTED);
  process.kill(first, "SIGKILL");
  const second = await pidIn(STARTED, 2);
  expect(second).not.toBe(first);
  expect(isAlive(second)).toBe(true);
  expect(said.join("\n")).toContain(`${first} ended with SIGKILL`);
});

it("an idle worker is ended with the server, a busy one goes on", async () => {
  const idle = aSupervisor(await aDatabase());
  idle.supervisor.start();
  const ended = await idle.pidIn(STARTED);
  await idle.supervisor.stop({ endWorker: true });
  expect(isAlive(ended)).toBe(false);

  const busy = aSupervisor(await aDatabase());
  busy.supervisor.start();
  const left = await busy.pidIn(STARTED);
  onTestFinished(() => void process.kill(left, "SIGKILL"));
  await busy.supervisor.stop({ endWorker: false });
  expect(isAlive(left)).toBe(true);
});

it("a worker that survived its server is kept, and replaced when it ends", async () => {
  const database = await aDatabase();
  const survivor = spawn(IDLE[0], IDLE.slice(1), { stdio: "ignore" });
  const { pid = 0 } = survivor;
  await database.unitOfWork((tx) => tx.leases.register({ id: "W1", pid }, tx.now()));
  const { supervisor, pidIn } = aSupervisor(database);
  supervisor.start();
  expect(await pidIn(/worker (\d+) of an earlier server goes on/)).toBe(pid);
  survivor.kill("SIGKILL");
  await once(survivor, "exit");
  expect(await pidIn(STARTED)).not.toBe(pid);
});

it("a worker of an earlier server that does not beat any more is not waited for", async () => {
  const database = await aDatabase();
  const { pid } = process;
  await database.unitOfWork((tx) => tx.leases.register({ id: "W1", pid }, "2020-01-01T00:00:00.000Z"));
  const { supervisor, pidIn } = aSupervisor(database);
  supervisor.start();
  expect(await pidIn(STARTED)).not.toBe(pid);
});

it("a worker that cannot be started is tried again, and the log says why", async () => {
  const { supervisor, said, pidIn } = aSupervisor(await aDatabase(), ["/nowhere/cfy"]);
  supervisor.start();
  await pidIn(/could not be started/, 2);
  expect(said[0]).toContain("/nowhere/cfy");
});
