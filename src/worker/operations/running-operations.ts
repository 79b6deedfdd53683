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
    if (earlier !== undefined) {
      earlier.kill.abort();
      await earlier.outcome;
    }
    const answer = await record.settle();
    if (resume && answer !== null) return answer;
    if (answer !== null) record.clear();
    const limit = unlimited ? (work: () => Promise<TaskOutcome>) => work() : this.#limit;
    return this.#start(executionId, taskId, limit, (killed) => start({ killed, record, resume }), record);
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
    await Promise.all(mine.map(({ outcome }) => outcome));
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

  #start(
    executionId: string,
    taskId: string,
    limit: (work: () => Promise<TaskOutcome>) => Promise<TaskOutcome>,
    start: (killed: AbortSignal) => Promise<TaskOutcome>,
    record: OperationRecord,
  ): Promise<TaskOutcome> {
    const kill = new AbortController();
    const outcome = limit(async () => {
      const ended = kill.signal.aborted ? KILLED : await start(kill.signal);
      if (ended !== KILLED) await recorded(record, ended, kill.signal);
      return ended;
    }).finally(() => this.#running.delete(taskId));
    this.#running.set(taskId, { executionId, outcome, kill });
    return outcome.then((ended) => (ended === KILLED && this.#isLeaving ? new Promise(() => undefined) : ended));
  }
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
