import type { SpawnOptions } from "node:child_process";
import type { TaskOutcome } from "../../workflow/happening.ts";
import { ProcessGroup } from "../processes/process-group.ts";
import type { OperationJob } from "./job.ts";
import { nonRecoverable, recoverable } from "./outcome.ts";
import type { OperationRuntime } from "./runtime.ts";

interface Spawn {
  command: string;
  args: string[];
  options: SpawnOptions;
}

/** What an operation answers when a kill ended its processes; nobody waits for it any more. */
export const KILLED: TaskOutcome = nonRecoverable("The operation was killed", { type: "ProcessKillCancelled" });

/**
 * Runs one process group to its end, which a time limit or a kill may bring early. `wait` turns the process's own end
 * into an outcome; its signal is aborted when that end no longer counts.
 */
export async function supervise(
  job: OperationJob,
  spawn: Spawn,
  runtime: OperationRuntime,
  wait: (group: ProcessGroup, overruled: AbortSignal) => Promise<TaskOutcome>,
): Promise<TaskOutcome> {
  if (runtime.killed.aborted) return KILLED;
  const started = ProcessGroup.start(spawn.command, spawn.args, spawn.options, runtime.clock);
  const group = await started.catch((error: NodeJS.ErrnoException) => error);
  if (!(group instanceof ProcessGroup)) return cannotStart(spawn, group);
  runtime.groupStarted(group.pid);
  const over = new AbortController();
  const overruled = new AbortController();
  const overrule = async (outcome: TaskOutcome): Promise<TaskOutcome> => {
    overruled.abort();
    await group.kill();
    return outcome;
  };
  const ended = wait(group, overruled.signal).then((outcome) =>
    overruled.signal.aborted ? never<TaskOutcome>() : outcome,
  );
  try {
    return await Promise.race([
      ended,
      timeLimit(job, runtime, over.signal).then(() => overrule(timedOut(job))),
      killRequest(runtime, over.signal).then(() => overrule(KILLED)),
    ]);
  } finally {
    over.abort();
  }
}

function timeLimit({ timeout }: OperationJob, { clock }: OperationRuntime, over: AbortSignal): Promise<void> {
  return timeout === null || timeout <= 0 ? never() : clock.sleep(timeout * 1000, over).catch(never<void>);
}

function timedOut({ timeout, timeoutRecoverable }: OperationJob): TaskOutcome {
  const message = `Process killed due to timeout of ${timeout} seconds`;
  return timeoutRecoverable ? recoverable(message) : nonRecoverable(message);
}

function killRequest({ killed }: OperationRuntime, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    killed.addEventListener("abort", () => resolve(), { once: true, signal: over });
    if (killed.aborted) resolve();
  });
}

function cannotStart({ command, options }: Spawn, error: NodeJS.ErrnoException): TaskOutcome {
  const where = options.cwd === undefined ? "" : ` in ${options.cwd}`;
  return nonRecoverable(`Cannot start ${command}${where}: ${error.code ?? error.message}`);
}

const never = <T>(): Promise<T> => new Promise<T>(() => {});
