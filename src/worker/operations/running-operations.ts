import type { LimitFunction } from "p-limit";
import { systemClock } from "../../lib/clock.ts";
import type { TaskOutcome } from "../../workflow/index.ts";
import { endRecorded, OperationRecord } from "./operation-record.ts";
import { KILLED } from "./supervise.ts";

/** Between two tries of noting an end. */
const PAUSE_MILLISECONDS = 200;

interface Running {
  executionId: string;
  outcome: Promise<TaskOutcome>;
  kill: AbortController;
}

/** What starts an operation: it gets the signal that kills it and the record of its processes. */
export type StartOperation = (options: {
  killed: AbortSignal;
  record: OperationRecord;
  resume: boolean;
}) => Promise<TaskOutcome>;

/** The operations that run in this worker, and the answers of those whose execution went on without them. */
export class RunningOperations {
  readonly #running = new Map<string, Running>();
  readonly #limit: LimitFunction;
  readonly #recordsOf: (executionId: string) => string;
  #isLeaving = false;

  constructor(limit: LimitFunction, recordsOf: (executionId: string) => string) {
    this.#limit = limit;
    this.#recordsOf = recordsOf;
  }

  /**
   * Runs the operation, or takes the answer of the attempt that was under way when its execution was resumed. One that
   * only waits for others is not limited: those that it waits for may need the room.
   */
  async run(
    executionId: string,
    taskId: string,
    { resume, unlimited = false }: { resume: boolean; unlimited?: boolean },
    start: StartOperation,
  ): Promise<TaskOutcome> {
    const record = new OperationRecord(this.#recordsOf(executionId), taskId);
    const earlier = this.#running.get(taskId);
    if (earlier !== undefined && resume && !earlier.kill.signal.aborted) return earlier.outcome;
    const kill = new AbortController();
    const limit = unlimited ? (work: () => Promise<TaskOutcome>) => work() : this.#limit;
    const attempt = async (): Promise<TaskOutcome> => {
      if (kill.signal.aborted) return KILLED;
      const ended = await start({ killed: kill.signal, record, resume });
      if (ended !== KILLED) await recorded(record, ended, kill.signal);
      return ended;
    };
    const answered = async () => (await earlierAnswer(earlier, record, { resume })) ?? (await limit(attempt));
    const outcome = answered().finally(() => {
      if (this.#running.get(taskId) === running) this.#running.delete(taskId);
    });
    // Known before anything is waited for: a kill in the meantime is for this attempt too.
    const running: Running = { executionId, outcome, kill };
    this.#running.set(taskId, running);
    return outcome.then((ended) => (ended === KILLED && this.#isLeaving ? new Promise(() => undefined) : ended));
  }

  /** Ends the processes of all operations for a worker that leaves: none of them answers, as nothing is to follow. */
  async leave(executionIds: Iterable<string>): Promise<void> {
    this.#isLeaving = true;
    await Promise.all([...executionIds].map((id) => this.kill(id)));
  }

  /** Ends the processes of an execution's operations; resolves when they have ended. */
  async kill(executionId: string): Promise<void> {
    const mine = [...this.#running.values()].filter((each) => each.executionId === executionId);
    for (const { kill } of mine) kill.abort();
    await Promise.allSettled(mine.map(({ outcome }) => outcome));
    await this.endLeftOver(executionId);
  }

  /** Ends the processes of an execution that another worker began and left. */
  endLeftOver(executionId: string): Promise<void> {
    return endRecorded(this.#recordsOf(executionId), (taskId) => this.#running.has(taskId));
  }

  has(executionId: string): boolean {
    return [...this.#running.values()].some((each) => each.executionId === executionId);
  }

  get count(): number {
    return this.#running.size;
  }
}

/** The answer that an attempt before this one has left, where it counts. What still runs of one is ended first. */
async function earlierAnswer(
  earlier: Running | undefined,
  record: OperationRecord,
  { resume }: { resume: boolean },
): Promise<TaskOutcome | null> {
  if (earlier !== undefined) {
    earlier.kill.abort();
    await earlier.outcome.catch(() => undefined);
  }
  const answer = await record.settle();
  if (resume || answer === null) return answer;
  record.clear();
  return null;
}

/**
 * Waits until the end can be noted, which it cannot on a full disk: whoever takes over must not do again what has been
 * done. A kill waits for nothing.
 */
async function recorded(record: OperationRecord, ended: TaskOutcome, killed: AbortSignal): Promise<void> {
  while (!killed.aborted) {
    try {
      return record.ended(ended);
    } catch {
      await systemClock.sleep(PAUSE_MILLISECONDS, killed).catch(() => undefined);
    }
  }
}
