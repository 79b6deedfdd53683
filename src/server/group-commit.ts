import { Refusal } from "../services/refusal.ts";
import type { Database, UnitOfWork } from "../storage/index.ts";

/** Writes nothing before it is sure not to refuse. */
type Work<Result> = (tx: UnitOfWork) => Promise<Result>;

interface Waiting {
  work: Work<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { result: unknown } | { refusal: Refusal };

/**
 * Stores what many small requests bring at the same time in one transaction, so that the disk is waited for once and
 * not once for each. Each is answered after the commit; one that is refused does not touch the others.
 */
export class GroupCommit {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(database: Database) {
    this.#database = database;
  }

  run<Result>(work: Work<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve: (result) => resolve(result as Result), reject });
      if (!this.#busy) void this.#commitAll();
    });
  }

  /** Those that come while a transaction runs make up the next one. */
  async #commitAll(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting;
      this.#waiting = [];
      await this.#commit(together);
    }
    this.#busy = false;
  }

  async #commit(together: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#database.unitOfWork(async (tx) => {
        const outcomes: Outcome[] = [];
        for (const { work } of together) outcomes.push(await outcomeOf(work, tx));
        return outcomes;
      });
      for (const [index, { resolve, reject }] of together.entries()) {
        const outcome = outcomes[index];
        if (outcome && "result" in outcome) resolve(outcome.result);
        else reject(outcome?.refusal);
      }
    } catch (error) {
      const [only, another] = together;
      if (only && !another) return only.reject(error);
      // One of them broke the transaction: alone, only that one fails.
      for (const one of together) await this.#commit([one]);
    }
  }
}

async function outcomeOf(work: Work<unknown>, tx: UnitOfWork): Promise<Outcome> {
  try {
    return { result: await work(tx) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}
