import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { Server } from "node:http";
import { dirname } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Clock } from "../lib/clock.ts";
import { presentFile, untouchedFile } from "../lib/present-file.ts";
import { makePrivateDirectory, writePrivateFile } from "../lib/private-file.ts";
import { type ServerHome, serverHome } from "../lib/server-home.ts";
import { ensureDefaults } from "../services/bootstrap/ensure-defaults.ts";
import { openVault } from "../services/secrets/vault.ts";
import { leaseOf } from "../services/workers/lease.ts";
import { busPath, hostChanges, openDatabase } from "../storage/index.ts";
import { buildServer } from "./app.ts";
import { ensureFirstPassword } from "./identity/first-password.ts";
import type { ServerLog } from "./log.ts";
import { Activity } from "./process/activity.ts";
import { type IdleParts, untilIdle } from "./process/idle.ts";
import { listenOnPort, listenOnSocket } from "./process/listen.ts";
import { keepShort, openLog } from "./process/log-file.ts";
import { recover } from "./process/recovery.ts";
import { becomeTheServer, serverPid } from "./process/single-instance.ts";
import { WorkerSupervisor } from "./process/worker-supervisor.ts";
import { apiRoutes, rootRoutes } from "./routes/index.ts";
import { runSchedules } from "./scheduler.ts";

export interface RunOptions {
  /** The directory of everything cfy keeps. */
  root: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** Started by a command on its own account: stops by itself when idle. */
  embedded: boolean;
  /** Serves the network too, with credentials. */
  listen?: { host: string; port: number };
  /** Program and arguments of a worker process. */
  workerCommand: readonly [string, ...string[]];
}

export type Ending = { kind: "stopped" | "idle" } | { kind: "already-running"; pid: number | undefined };

const IDLE_SECONDS = 600;
/** A worker needs a moment to start. */
const WORKER_START = 3000;
/** Requests in flight get so long to end. */
const GRACE = 5000;

/** Is the one server of this home until the signal, or until it is idle when embedded. */
export async function runServer(options: RunOptions, signal: AbortSignal): Promise<Ending> {
  process.umask(0o077);
  const home = serverHome(options.root);
  await makePrivateDirectory(home.directory);
  const lock = await becomeTheServer(home, options.clock);
  if (!lock) return { kind: "already-running", pid: await serverPid(home) };
  const log = openLog(home.log, options.clock);
  try {
    return await serve(home, options, log, signal);
  } catch (error) {
    log.error("the server stops", error);
    throw error;
  } finally {
    lock.release();
  }
}

/** What has begun ends in reverse order, also when what was to follow could not begin: else the process would stay. */
async function serve(home: ServerHome, options: RunOptions, log: ServerLog, signal: AbortSignal): Promise<Ending> {
  const ends: (() => Promise<void>)[] = [];
  try {
    return await serveUntilEnd(home, options, { log, signal, atEnd: (end) => ends.push(end) });
  } finally {
    for (const end of ends.reverse()) await end().catch((error) => log.error("not everything could be ended", error));
  }
}

interface Serving {
  log: ServerLog;
  signal: AbortSignal;
  atEnd(end: () => Promise<void>): void;
}

async function serveUntilEnd(home: ServerHome, options: RunOptions, { log, signal, atEnd }: Serving): Promise<Ending> {
  const { clock, env } = options;
  await makePrivateDirectory(dirname(home.socket));
  const changes = await hostChanges(busPath(home.socket));
  atEnd(() => changes.close());
  const database = openDatabase(home.database, changes);
  atEnd(() => database.close());
  const databaseIsThere = await presentFile(home.database);
  const programIsThere = await untouchedFile(options.workerCommand[1] ?? options.workerCommand[0]);
  await ensureDefaults(database);
  await recover(database, home.files, clock);
  const firstPassword = options.listen !== undefined && (await ensureFirstPassword(database, home.adminPassword));

  const closing = new AbortController();
  const activity = new Activity(clock);
  const local = new WeakSet<object>();
  const app = buildServer(
    {
      database,
      clock,
      log,
      files: home.files,
      vault: openVault(home.secretsKey),
      isLocal: (request) => local.has(request.raw.socket),
      closing: closing.signal,
      workerBy: clock.now() + WORKER_START,
    },
    { api: apiRoutes, root: rootRoutes },
  );
  activity.watch(app);
  app.server.on("connection", (socket) => local.add(socket));
  const worker = new WorkerSupervisor({
    command: options.workerCommand,
    env: { ...env, CFY_WORKDIR: dirname(options.root) },
    lease: leaseOf(env),
    logPath: home.workerLog,
    read: database.read,
    clock,
    log,
  });
  atEnd(async () => worker.stop({ endWorker: (await database.read.executions.countActive()) === 0 }));
  let port: Server | undefined;
  let schedules: Promise<void> | undefined;
  atEnd(async () => {
    // Away before the door closes: a command that comes then starts the next server instead of reading our number.
    await rm(home.pidFile, { force: true });
    closing.abort();
    port?.close();
    await schedules;
    await closeWithin(GRACE, app, clock);
  });
  // There before the door opens: who finds it open reads our number, not that of a dead server.
  await writePrivateFile(home.pidFile, `${process.pid}\n`);
  await listenOnSocket(app, home.socket);
  if (options.listen) port = await listenOnPort(app, options.listen.host, options.listen.port);
  log.info(`server ${process.pid} answers on ${home.socket}${options.listen ? ` and ${addressOf(port)}` : ""}`);
  if (firstPassword) log.info(`the password of admin is in ${home.adminPassword}`);

  worker.start();
  void keepShort([home.log, home.workerLog], clock, closing.signal);
  schedules = runSchedules({ database, clock, log }, closing.signal).catch((error) =>
    log.error("schedules are not started any more", error),
  );

  const ending = await ended(options, { activity, read: database.read, databaseIsThere, programIsThere, signal });
  log.info(ending.kind === "idle" ? "nothing was asked for a while: the server stops" : "the server stops");
  return ending;
}

/** Waits for requests in flight, but not for ever. */
async function closeWithin(milliseconds: number, app: FastifyInstance, clock: Clock): Promise<void> {
  const closed = new AbortController();
  const patience = clock.sleep(milliseconds, closed.signal).catch(() => undefined);
  await Promise.race([app.close(), patience]);
  closed.abort();
}

async function ended(
  { embedded, env, clock }: RunOptions,
  parts: Omit<IdleParts, "clock">,
): Promise<{ kind: "stopped" | "idle" }> {
  const { signal } = parts;
  if (!embedded) {
    if (!signal.aborted) await once(signal, "abort");
    return { kind: "stopped" };
  }
  const idleAfter = (Number(env["CFY_SERVER_IDLE_SECONDS"]) || IDLE_SECONDS) * 1000;
  return { kind: (await untilIdle(idleAfter, { ...parts, clock })) ? "idle" : "stopped" };
}

function addressOf(server: Server | undefined): string {
  const address = server?.address();
  return typeof address === "object" && address !== null ? `${address.address}:${address.port}` : String(address);
}
