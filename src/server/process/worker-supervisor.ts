import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { type Clock, timestamp } from "../../lib/clock.ts";
import { isAlive } from "../../lib/process-alive.ts";
import type { Lease } from "../../services/workers/lease.ts";
import type { Repositories } from "../../storage/index.ts";
import type { ServerLog } from "../log.ts";

export interface Supervision {
  /** Program and arguments of a worker. */
  command: readonly [string, ...string[]];
  env: NodeJS.ProcessEnv;
  lease: Lease;
  /** Takes the worker's own output. */
  logPath: string;
  read: Repositories;
  clock: Clock;
  log: ServerLog;
}

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5_000;
/** A worker that lived this long is no sign of trouble when it ends. */
const STEADY = 10_000;

/** How long a worker that was asked to end is waited for. */
const FAREWELL = 3000;

/** Keeps one worker running: that of an earlier server while it lives, else one of its own. */
export class WorkerSupervisor {
  readonly #supervision: Supervision;
  readonly #stop = new AbortController();
  #pid: number | undefined;
  #running: Promise<void> | undefined;

  constructor(supervision: Supervision) {
    this.#supervision = supervision;
  }

  start(): void {
    this.#running = this.#keepOne();
  }

  /** Ends supervision. An idle worker is ended too; one that runs executions goes on with them by itself. */
  async stop({ endWorker }: { endWorker: boolean }): Promise<void> {
    const { clock } = this.#supervision;
    const pid = this.#pid;
    this.#stop.abort();
    await this.#running;
    if (!endWorker || pid === undefined) return;
    send(pid, "SIGTERM");
    const deadline = clock.now() + FAREWELL;
    while (isAlive(pid) && clock.now() < deadline) await clock.sleep(20);
  }

  async #keepOne(): Promise<void> {
    const { clock, log } = this.#supervision;
    const { signal } = this.#stop;
    let pause = FIRST_PAUSE;
    while (!signal.aborted) {
      const began = clock.now();
      const end = await this.#life().catch((error: Error) => `could not be started: ${error.message}`);
      this.#pid = undefined;
      if (signal.aborted) return;
      if (clock.now() - began > STEADY) pause = FIRST_PAUSE;
      log.error(`the worker ${end}; the next one starts in ${pause} ms`);
      await clock.sleep(pause, signal).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** Resolves when a worker has ended, and says how. @throws the system's error: its log cannot be opened, no process is to be had */
  async #life(): Promise<string> {
    const found = await this.#survivor();
    if (this.#stop.signal.aborted) return "is not needed";
    return found === undefined ? this.#runOwn() : this.#watch(found);
  }

  /** A worker that beats, left by a server that died. */
  async #survivor(): Promise<number | undefined> {
    const { read, clock, lease } = this.#supervision;
    const alive = timestamp(clock.now() - lease.silentAfter);
    const workers = await read.leases.workers();
    return workers.find(({ pid, heartbeat_at }) => heartbeat_at > alive && isAlive(pid))?.pid;
  }

  /** Resolves when the survivor has ended; nobody tells us, so it is looked for. */
  async #watch(pid: number): Promise<string> {
    const { clock, log } = this.#supervision;
    this.#pid = pid;
    log.info(`worker ${pid} of an earlier server goes on`);
    const silence = this.#endWhenSilent(pid);
    while (isAlive(pid) && !this.#stop.signal.aborted) {
      await clock.sleep(1000, this.#stop.signal).catch(() => undefined);
    }
    silence.abort();
    return `${pid} has ended`;
  }

  async #runOwn(): Promise<string> {
    const { log } = this.#supervision;
    const child = this.#spawn();
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(`could not be started: ${error.message}`));
      child.once("exit", (code, signal) => resolve(`${child.pid} ended with ${signal ?? `exit code ${code}`}`));
    });
    if (child.pid === undefined) return ended;
    this.#pid = child.pid;
    log.info(`worker ${child.pid} started`);
    const silence = this.#endWhenSilent(child.pid);
    const stopped = new Promise<string>((resolve) => {
      this.#stop.signal.addEventListener("abort", () => resolve("is left alone"), { once: true });
    });
    try {
      return await Promise.race([ended, stopped]);
    } finally {
      silence.abort();
    }
  }

  /** In a process group of its own: what is sent to the server's terminal or group does not reach it. */
  #spawn(): ChildProcess {
    const { command, logPath } = this.#supervision;
    // Scripts and plugins get what the worker has, and these are for whoever started the server.
    const { CLOUDIFY_USERNAME, CLOUDIFY_PASSWORD, CLOUDIFY_TOKEN, ...env } = this.#supervision.env;
    const [program, ...words] = command;
    const output = openSync(logPath, "a", 0o600);
    try {
      const child = spawn(program, words, { detached: true, stdio: ["ignore", output, output], env, cwd: "/" });
      child.unref();
      return child;
    } finally {
      closeSync(output);
    }
  }

  /** Kills the worker when it has hung for two checks in a row: one check also fails after the machine has slept. */
  #endWhenSilent(pid: number): AbortController {
    const { read, clock, lease, log } = this.#supervision;
    const over = new AbortController();
    const watch = async () => {
      for (let strikes = 0; ; ) {
        await clock.sleep(lease.checkEvery, over.signal);
        const beat = (await read.leases.workers()).find((worker) => worker.pid === pid)?.heartbeat_at;
        strikes = beat !== undefined && beat < timestamp(clock.now() - lease.silentAfter) ? strikes + 1 : 0;
        if (strikes < 2) continue;
        log.error(`worker ${pid} has not been heard of since ${beat} and is killed`);
        send(pid, "SIGKILL");
        return;
      }
    };
    watch().catch((error) => {
      if (!over.signal.aborted) log.error("watching the worker failed", error);
    });
    return over;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}
