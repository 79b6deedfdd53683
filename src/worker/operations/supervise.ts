import type { TaskOutcome } from "../../workflow/happening.ts";
import { endGroup, type ProcessGroup } from "../processes/process-group.ts";
import type { OperationJob } from "./job.ts";
import { nonRecoverable, recoverable } from "./outcome.ts";
import type { OperationRuntime } from "./runtime.ts";

/** What an operation answers when a kill ended its processes; nobody waits for it any more. */
export const KILLED: TaskOutcome = nonRecoverable("The operation was killed", { type: "ProcessKillCancelled" });

/**
 * Runs one process group to its end, which a time limit or a kill may bring early. `wait` turns the process's own end
 * into an outcome; its signal is aborted when that end no longer counts.
 */
export async function supervise(
  job: OperationJob,
  start: () => Promise<ProcessGroup>,
  runtime: OperationRuntime,
  wait: (group: ProcessGroup, overruled: AbortSignal) => Promise<TaskOutcome>,
): Promise<TaskOutcome> {
  if (runtime.killed.aborted) return KILLED;
  const group = await start().catch((error: NodeJS.ErrnoException) => error);
  if (group instanceof Error) return cannotStart(group);
  const over = new AbortController();
  const overruled = new AbortController();
  const overrule = async (outcome: TaskOutcome): Promise<TaskOutcome> => {
    overruled.abort();
    await endGroup(group.pid, runtime.clock);
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

const cannotStart = ({ code, message }: NodeJS.ErrnoException): TaskOutcome =>
  nonRecoverable(code === undefined ? message : `Cannot start the process: ${code}, ${message}`);

const never = <T>(): Promise<T> => new Promise<T>(() => {});
