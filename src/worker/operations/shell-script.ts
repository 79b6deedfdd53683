import { setImmediate as nextTurn } from "node:timers/promises";
import type { TaskOutcome } from "../../workflow/happening.ts";
import { contextTree } from "../ctx/context-tree.ts";
import { OperationEnd } from "../ctx/operation-end.ts";
import { LineSplitter, Tail } from "../processes/lines.ts";
import type { ProcessGroup } from "../processes/process-group.ts";
import type { OperationHost, OperationJob } from "./job.ts";
import { raised, recoverable, succeeded } from "./outcome.ts";
import { environmentText, type ProcessOptions } from "./process-options.ts";
import { PropertiesOvertaken } from "./properties-change.ts";
import type { OperationRuntime } from "./runtime.ts";
import { KILLED, supervise } from "./supervise.ts";

/** How much of each stream an error message repeats. */
const KEPT_OUTPUT = 16 * 1024;

/** How long output may still come after the script has ended; a child it left behind may hold the stream for ever. */
const DRAIN_MILLISECONDS = 1000;

interface Script {
  path: string;
  options: ProcessOptions;
}

/** Runs a script by the shell, its output line by line into the log, with `ctx` on its PATH. */
export async function runShellScript(
  job: OperationJob,
  { path, options }: Script,
  host: OperationHost,
  runtime: OperationRuntime,
): Promise<TaskOutcome> {
  const end = new OperationEnd();
  const context = contextTree(job, host, end, runtime.temporary);
  const access = options.context ? runtime.proxy.open(context.tree) : null;
  const command = [options.commandPrefix, path, ...options.args].filter((part) => part !== null).join(" ");
  const output = { stdout: new Tail(KEPT_OUTPUT), stderr: new Tail(KEPT_OUTPUT) };
  const wait = async (group: ProcessGroup, overruled: AbortSignal): Promise<TaskOutcome> => {
    host.log("info", `Process created, PID: ${group.pid}`);
    const drained = followOutput(group, options, output, host, runtime);
    const { code, signal } = await group.exited;
    await drained();
    if (overruled.aborted) return KILLED;
    host.log("info", `Execution done (PID=${group.pid}, return_code=${code ?? signal}): ${command}`);
    if (end.outcome !== null) return end.outcome;
    return code === 0 ? succeeded() : processFailed(command, code ?? signal, output);
  };
  const ended = async (): Promise<TaskOutcome> => {
    const program = {
      command: "/bin/sh",
      args: ["-c", shellLine(path, command, options)],
      cwd: options.cwd ?? runtime.workDirectory,
      env: environment(job, options, access?.url, runtime),
      record: runtime.record,
    };
    return await supervise(job, () => runtime.spawner.run(program), runtime, wait);
  };
  const outcome = await ended().finally(() => access?.close());
  return await saved(context, outcome);
}

/** Of an operation that has failed the failure is told, whatever becomes of its properties. */
async function saved(context: { save(): Promise<void> }, outcome: TaskOutcome): Promise<TaskOutcome> {
  try {
    await context.save();
    return outcome;
  } catch (error) {
    if (!(error instanceof PropertiesOvertaken)) throw error;
    return outcome.succeeded ? recoverable(error.message) : outcome;
  }
}

/** A script alone takes the place of the shell; what stands around it may need the shell to go on. */
function shellLine(path: string, command: string, { commandPrefix, args, stderrToStdout }: ProcessOptions): string {
  const line = commandPrefix === null && args.length === 0 ? `exec '${path.replaceAll("'", "'\\''")}'` : command;
  return stderrToStdout ? `exec 2>&1; ${line}` : line;
}

function environment(job: OperationJob, options: ProcessOptions, url: string | undefined, runtime: OperationRuntime) {
  const inputs = Object.entries(job.inputs).map(([name, value]) => [name, environmentText(value)] as const);
  const inherited = runtime.env;
  return {
    ...inherited,
    TMPDIR: inherited["TMPDIR"] ?? runtime.temporary,
    CLOUDIFY_DISPATCH: "true",
    ...Object.fromEntries(inputs),
    ...options.env,
    PATH: `${options.env["PATH"] ?? inherited["PATH"] ?? ""}:${runtime.commands}`,
    ...(url === undefined ? {} : { CTX_SOCKET_URL: url }),
  };
}

/** Writes the output to the log as it comes; the returned function waits for the rest of it. */
function followOutput(
  group: ProcessGroup,
  options: ProcessOptions,
  output: { stdout: Tail; stderr: Tail },
  host: OperationHost,
  runtime: OperationRuntime,
) {
  const follow = (name: "stdout" | "stderr", mark: string, logged: boolean) => {
    const stream = group[name];
    const lines = new LineSplitter((line) => {
      output[name].add(line);
      if (logged) host.log("info", `${mark} ${line}`);
    });
    stream.on("data", (chunk: Buffer) => lines.write(chunk));
    const closed = new Promise<void>((resolve) => stream.once("close", resolve));
    return { stream, lines, closed };
  };
  const streams = [follow("stdout", "<out>", options.logStdout), follow("stderr", "<err>", options.logStderr)];
  return async () => {
    const timer = new AbortController();
    const late = runtime.clock.sleep(DRAIN_MILLISECONDS, timer.signal).catch(() => undefined);
    await Promise.race([Promise.all(streams.map(({ closed }) => closed)), late]);
    timer.abort();
    // Where this process stood still, the time is over before what has come meanwhile is read.
    await nextTurn();
    for (const { stream, lines } of streams) {
      stream.destroy();
      lines.end();
    }
  };
}

function processFailed(
  command: string,
  code: number | string | null,
  output: { stdout: Tail; stderr: Tail },
): TaskOutcome {
  if (code === null) return recoverable("The script ended without an exit code");
  const said = (["stdout", "stderr"] as const).filter((name) => !output[name].empty);
  const message = [`command: ${command}`, `exit_code: ${code}`, ...said.map((name) => `${name}: ${output[name]}`)].join(
    ", ",
  );
  return raised("recoverable", "ProcessException", message, `script_runner.tasks.ProcessException: ${message}`);
}
