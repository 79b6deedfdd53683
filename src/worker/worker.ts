import { isActive } from "../api/statuses.ts";
import { timestamp } from "../lib/clock.ts";
import { isAlive } from "../lib/process-alive.ts";
import type { Lease } from "../services/workers/lease.ts";
import type { Claim, Database } from "../storage/index.ts";
import { ExecutionRun } from "./execution/execution-run.ts";
import type { Surroundings } from "./execution/surroundings.ts";
import type { WorkerLog } from "./log.ts";
import { tidyUp } from "./tidy-up.ts";

/** Looked for work without being told: a word of the server can be lost. */
const SWEEP_MILLISECONDS = 5_000;
const TIDY_UP_EVERY_MILLISECONDS = 3_600_000;
/** Between two tries of what could not be stored. */
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 10_000;

interface WorkerOptions {
  id: string;
  /** Those of the executions: nothing is stored any more once the worker was given up. */
  surroundings: Surroundings;
  /** For the worker's own place among the workers. */
  database: Database;
  lease: Lease;
  log: WorkerLog;
  /** Executions side by side. */
  executions: number;
  /** False once the home was removed: what is still written there, nobody will read. */
  databaseIsThere(): Promise<boolean>;
  /** Whether the server that started this worker, or a successor, is there. */
  serverIsThere(): Promise<boolean>;
  /** How long a worker without work waits for a server to come back. */
  patience: number;
}

/** Claims executions, runs each, and shows by its beat that it is alive. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #ending = new AbortController();
  #installing: Promise<void> | null = null;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Works until the signal, or until there is neither work nor a server. Executions that still run then are left to the next worker. */
  async run(signal: AbortSignal): Promise<void> {
    const { surroundings, log, id } = this.#options;
    const { database, clock } = surroundings;
    signal.addEventListener("abort", () => this.#ending.abort(), { once: true });
    if (signal.aborted) this.#ending.abort();
    await this.#tidyUp();
    await this.#register();
    log.info(`worker ${id} is ready`);
    const beating = this.#beat();
    const watching = this.#watchServer();
    const tidying = this.#keepTidy();
    while (!this.#ending.signal.aborted) {
      const round = new AbortController();
      const over = AbortSignal.any([round.signal, this.#ending.signal]);
      // Listens before it looks: what comes in between is not missed.
      const woken = database.changes.wait(["queue"], over);
      await this.#claim().catch((error) => log.error("claiming executions failed", error));
      this.#installPlugins();
      await Promise.race([woken, clock.sleep(SWEEP_MILLISECONDS, over)]).catch(() => undefined);
      woken.catch(() => undefined);
      round.abort();
    }
    await Promise.all([beating, watching, tidying]);
    await this.#leave();
  }

  async #register(): Promise<void> {
    const { database, id, surroundings } = this.#options;
    await database.unitOfWork(async (tx) => {
      // A worker that is dead for certain need not be waited for.
      for (const worker of await tx.leases.workers()) if (!isAlive(worker.pid)) await tx.leases.unregister(worker.id);
      await tx.leases.register({ id, pid: process.pid }, timestamp(surroundings.clock.now()));
    });
  }

  async #claim(): Promise<void> {
    const { surroundings, executions, lease, id } = this.#options;
    const { database, clock } = surroundings;
    const limit = executions - this.#running.size + surroundings.others.waiting;
    if (limit <= 0) return;
    const claims = await database.unitOfWork((tx) =>
      tx.leases.claim(id, {
        limit,
        at: timestamp(clock.now()),
        deadBefore: timestamp(clock.now() - lease.silentAfter),
      }),
    );
    for (const claim of claims) {
      const run = this.#execute(claim).finally(() => this.#running.delete(claim.executionId));
      this.#running.set(claim.executionId, run);
    }
  }

  /** Beside everything else: an installation may take minutes. */
  #installPlugins(): void {
    const { surroundings, log } = this.#options;
    this.#installing ??= surroundings.plugins
      .installPending()
      .catch((error) => log.error("installing plugins failed", error))
      .finally(() => {
        this.#installing = null;
      });
  }

  /**
   * Runs it to its end. When that cannot be stored, on a full disk, it is taken up again until it can: as long as this
   * worker has it, nobody else would.
   */
  async #execute({ executionId, takenOver }: Claim): Promise<void> {
    const { surroundings, log } = this.#options;
    const { signal } = this.#ending;
    let pause = FIRST_PAUSE_MILLISECONDS;
    for (let again = takenOver; !signal.aborted; again = true) {
      try {
        return await this.#attempt(executionId, again);
      } catch (error) {
        // Once it ends, the worker is refused whatever it still wants to store.
        if (signal.aborted) return;
        log.error(`execution ${executionId} failed in the worker; it is looked at again in ${pause} ms`, error);
      }
      await surroundings.clock.sleep(pause, signal).catch(() => undefined);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
    }
  }

  async #attempt(executionId: string, takenOver: boolean): Promise<void> {
    const { surroundings, id } = this.#options;
    const { database } = surroundings;
    const execution = await database.read.executions.get(executionId);
    if (execution !== undefined && isActive(execution.status))
      await new ExecutionRun(surroundings, execution, { takenOver }).run();
    await database.unitOfWork(async (tx) => {
      await tx.leases.release(executionId, id);
      // It may have been resumed, or another may wait for the place that it held.
      tx.publish("queue");
    });
  }

  /** Shows that the worker is alive. One that was given up meanwhile must not go on: another has its executions. */
  async #beat(): Promise<void> {
    const { surroundings, database, databaseIsThere, lease, log, id } = this.#options;
    const { clock } = surroundings;
    for (;;) {
      await clock.sleep(lease.beatEvery, this.#ending.signal).catch(() => undefined);
      if (this.#ending.signal.aborted) return;
      if (!(await databaseIsThere())) {
        log.error("its database was removed: the worker stops");
        return this.#ending.abort();
      }
      const known = await database
        .unitOfWork((tx) => tx.leases.heartbeat(id, timestamp(clock.now())))
        .catch((error) => {
          log.error("the heartbeat failed", error);
          return true;
        });
      if (known) continue;
      log.error("this worker was given up: it stops");
      this.#ending.abort();
    }
  }

  async #watchServer(): Promise<void> {
    const { surroundings, log, patience, serverIsThere } = this.#options;
    const { clock } = surroundings;
    let missingSince: number | null = null;
    while (!this.#ending.signal.aborted) {
      await clock.sleep(Math.min(SWEEP_MILLISECONDS, patience / 2), this.#ending.signal).catch(() => undefined);
      if (this.#running.size > 0 || this.#installing !== null || (await serverIsThere())) missingSince = null;
      else missingSince ??= clock.now();
      if (missingSince === null || clock.now() - missingSince < patience) continue;
      log.info("there is no server and nothing to do: the worker ends");
      this.#ending.abort();
    }
  }

  async #keepTidy(): Promise<void> {
    const { clock } = this.#options.surroundings;
    for (;;) {
      await clock.sleep(TIDY_UP_EVERY_MILLISECONDS, this.#ending.signal).catch(() => undefined);
      if (this.#ending.signal.aborted) return;
      await this.#tidyUp();
    }
  }

  async #tidyUp(): Promise<void> {
    const { surroundings, database, log } = this.#options;
    const isInUse = (id: string) => this.#running.has(id) || surroundings.operations.has(id);
    await tidyUp(surroundings.home, database, isInUse).catch((error) => log.error("tidying up failed", error));
  }

  /** Gives back what it has; the processes of its operations end, and whoever takes over begins with them anew. */
  async #leave(): Promise<void> {
    const { surroundings, database, id } = this.#options;
    await surroundings.operations.leave(this.#running.keys());
    await database.unitOfWork((tx) => tx.leases.unregister(id));
  }
}
