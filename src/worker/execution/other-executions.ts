import { isFinal } from "../../api/statuses.ts";
import type { Database } from "../../storage/index.ts";

/**
 * Waits for executions that other executions have started. Who waits so does no work meanwhile: the worker takes on
 * others in its place, or those that it waits for might never get their turn.
 */
export class OtherExecutions {
  readonly #database: Database;
  /** How often each waits at the moment. */
  readonly #waiting = new Map<string, number>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many executions wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** The execution `waiter` waits: resolves when each of the others has ended, or went away with its deployment; rejects with the signal's reason. */
  async ended(waiter: string, ids: readonly string[], signal: AbortSignal): Promise<void> {
    this.#count(waiter, 1);
    this.#database.changes.publish(["queue"]);
    try {
      for (const id of ids) await this.#ended(id, signal);
    } finally {
      this.#count(waiter, -1);
    }
  }

  #count(waiter: string, change: number): void {
    const count = (this.#waiting.get(waiter) ?? 0) + change;
    if (count === 0) this.#waiting.delete(waiter);
    else this.#waiting.set(waiter, count);
  }

  async #ended(id: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const round = new AbortController();
      // Listens before it looks: what comes in between is not missed.
      const happened = this.#database.changes.wait([`execution:${id}`], AbortSignal.any([round.signal, signal]));
      happened.catch(() => undefined);
      const execution = await this.#database.read.executions.get(id);
      if (execution === undefined || isFinal(execution.status)) return round.abort();
      await happened;
    }
  }
}
