import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import pLimit from "p-limit";
import type { Clock } from "../lib/clock.ts";
import { presentFile } from "../lib/present-file.ts";
import { makePrivateDirectory } from "../lib/private-file.ts";
import { executionEvaluator } from "../services/functions/execution-evaluator.ts";
import { openedText } from "../services/secrets/read.ts";
import { openVault } from "../services/secrets/vault.ts";
import { leaseOf } from "../services/workers/lease.ts";
import { busPath, joinChanges, openDatabase } from "../storage/index.ts";
import { RestAccess } from "./cloudify-common/rest-access.ts";
import { ContextProxy } from "./ctx/proxy.ts";
import { Journal } from "./execution/journal.ts";
import { OtherExecutions } from "./execution/other-executions.ts";
import type { Surroundings } from "./execution/surroundings.ts";
import { fenced } from "./fenced-database.ts";
import { WorkerHome } from "./home.ts";
import { workerLog } from "./log.ts";
import { RunningOperations } from "./operations/running-operations.ts";
import { PluginEnvironments } from "./plugins/plugin-environments.ts";
import { frameworkDirectory, installCtxCommand } from "./processes/framework.ts";
import { findPython } from "./processes/python.ts";
import { Spawners } from "./processes/spawners.ts";
import { Worker } from "./worker.ts";

export interface WorkerRunOptions {
  /** The directory of everything cfy keeps. */
  root: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
}

const DEFAULT_EXECUTIONS = 20;
const DEFAULT_OPERATIONS = 20;
const SERVER_PATIENCE_MILLISECONDS = 30_000;

/** Is a worker of this home until the signal, or until there is neither work nor a server. */
export async function runWorker({ root, env, clock }: WorkerRunOptions, signal: AbortSignal): Promise<void> {
  const home = new WorkerHome(root);
  const log = workerLog(clock);
  await makePrivateDirectory(home.server.directory);
  const changes = joinChanges(busPath(home.server.socket), clock);
  const database = openDatabase(home.server.database, changes);
  const id = randomUUID();
  const ofExecutions = fenced(database, id);
  const proxy = new ContextProxy();
  await proxy.listen();
  const vault = openVault(home.server.secretsKey);
  const limit = pLimit(positive(env["CFY_WORKER_OPERATIONS"], DEFAULT_OPERATIONS));
  const framework = frameworkDirectory();
  const commands = home.commands(String(process.pid));
  const python = pythonWithCommand(framework, commands, env);
  const spawners = new Spawners({ python, framework, env });
  const surroundings: Surroundings = {
    database: ofExecutions,
    journal: new Journal(ofExecutions, clock),
    clock,
    home,
    operations: new RunningOperations(limit, (executionId) => home.execution(executionId)),
    proxy,
    spawners,
    rest: new RestAccess(database, home.server.socket),
    others: new OtherExecutions(ofExecutions),
    vault,
    plugins: new PluginEnvironments({ database: ofExecutions, workerId: id, home, clock, python, env, log }),
    framework,
    commands,
    serverSocket: home.server.socket,
    env,
    ...executionEvaluator(ofExecutions, { openSecret: (row) => openedText(vault, row) }),
  };
  await mkdir(commands, { recursive: true, mode: 0o700 });
  // A worker without Python runs shell scripts all the same; they only lack `ctx`.
  await python().catch((error: Error) => log.error(error.message));
  const worker = new Worker({
    id,
    surroundings,
    database,
    lease: leaseOf(env),
    log,
    executions: positive(env["CFY_WORKER_EXECUTIONS"], DEFAULT_EXECUTIONS),
    databaseIsThere: await presentFile(home.server.database),
    serverIsThere: () => answers(home.server.socket),
    patience: SERVER_PATIENCE_MILLISECONDS,
  });
  try {
    await worker.run(signal);
  } finally {
    proxy.close();
    await spawners.close();
    await rm(commands, { recursive: true, force: true });
    await changes.close();
    await database.close();
    log.info("the worker has ended");
  }
}

/** Looks for Python when it is first needed, and again when it was not there: it may have been installed since. */
function pythonWithCommand(framework: string, commands: string, env: NodeJS.ProcessEnv): () => Promise<string> {
  let found: Promise<string> | null = null;
  return () => {
    found ??= findPython(env).then(async (python) => {
      await installCtxCommand(framework, python, commands);
      return python;
    });
    found.catch(() => {
      found = null;
    });
    return found;
  };
}

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

function positive(text: string | undefined, fallback: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
