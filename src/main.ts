import { setMaxListeners } from "node:events";
import { root } from "./cli/commands/index.ts";
import type { BlueprintPlugin, Connect, Env, ReadBlueprint, Roles, World } from "./cli/context.ts";
import { ExitCode } from "./cli/exit-code.ts";
import type { Io } from "./cli/io.ts";
import { processIo } from "./cli/process-io.ts";
import { runProgram } from "./cli/program.ts";
import type { Plan } from "./dsl/index.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { version } from "./lib/version.ts";

/** Runs one command line in a given world. Everything else here ties that world to a process. */
export function run(
  words: readonly string[],
  io: Io,
  env: Env,
  clock: Clock,
  signal: AbortSignal,
  connection: () => Promise<Connect> = profileConnection,
): Promise<ExitCode> {
  const world: World = { io, env, clock, signal, roles, readBlueprint: readBlueprintHere };
  return runProgram(root, words, world, connection);
}

/** The client and what it needs are loaded for a command that runs, not for help. */
const profileConnection = async (): Promise<Connect> => (await import("./cli/connection/connect.ts")).connect;

/** Loaded when called: the command line itself needs none of it. */
const roles: Roles = {
  async serve(options, signal) {
    const { runServer } = await import("./server/run.ts");
    return runServer({ ...options, workerCommand: [process.execPath, process.argv[1] ?? "", "worker"] }, signal);
  },
  async work(options, signal) {
    const { runWorker } = await import("./worker/index.ts");
    return runWorker(options, signal);
  },
};

/** A server would also know its plugins and other blueprints; what can be read without one is read. */
export const readBlueprintHere: ReadBlueprint = async ({ folder, mainFile, folderName }) => {
  const { validateBlueprint } = await import("./dsl/index.ts");
  const report = await validateBlueprint(folder, mainFile, { folderName, catalogue: { fetch: fetchText } });
  const { errors: faults, warnings } = report.json();
  const told = [...faults, ...warnings];
  const findings = [...report.errors, ...report.warnings];
  return {
    faults,
    warnings,
    plugins: report.plan ? pluginsOf(report.plan) : [],
    text(shown, look) {
      const wanted = new Set<object>(shown);
      return report.text(
        look,
        findings.filter((_, index) => wanted.has(told[index] ?? {})),
      );
    },
    sarif: () => report.sarif({ name: "cfy", version }),
  };
};

/** Longer than any answer should take, so that a check ends. */
const FETCH_PATIENCE_MS = 30_000;

async function fetchText(url: string): Promise<string | null> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_PATIENCE_MS) });
  return response.ok ? response.text() : null;
}

/** Each once, wherever it is installed; those that say `install: false` are not. */
function pluginsOf(plan: Plan): BlueprintPlugin[] {
  const all = [
    ...plan.deployment_plugins_to_install,
    ...plan.workflow_plugins_to_install,
    ...plan.host_agent_plugins_to_install,
  ];
  const installed = all.filter(({ install }) => install);
  return [...new Map(installed.map(({ name, source }) => [name, { name, source }])).values()];
}

/** Entry of the launcher: the exit code is left on the process, so that what is written still gets out. */
export async function main(host: NodeJS.Process): Promise<void> {
  const words = host.argv.slice(2);
  const io = processIo(host, host.env, words);
  host.exitCode = await run(words, io, host.env, systemClock, interruption(host, io));
}

/** The first signal asks the command to end; the second ends the process. */
function interruption(host: NodeJS.Process, io: { readonly paging: boolean }): AbortSignal {
  const controller = new AbortController();
  // One command may have hundreds of requests under way, and each of them listens.
  setMaxListeners(0, controller.signal);
  for (const [signal, code] of [
    ["SIGINT", ExitCode.Interrupted],
    ["SIGTERM", ExitCode.Terminated],
  ] as const) {
    host.on(signal, () => {
      if (controller.signal.aborted && !(io.paging && signal === "SIGINT")) host.exit(code);
      controller.abort(signal);
    });
  }
  return controller.signal;
}
