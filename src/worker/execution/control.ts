import type { Database } from "../../storage/index.ts";

const LEVELS = { cancelling: 1, force_cancelling: 2, kill_cancelling: 3 } as const;
export type StopRequest = keyof typeof LEVELS;

/** Asked to stop: once, and perhaps again more firmly. */
export class ExecutionControl {
  #request: StopRequest | null = null;
  readonly #listeners = new Set<(request: StopRequest) => void>();

  get request(): StopRequest | null {
    return this.#request;
  }

  /** Weaker requests than the last change nothing. */
  ask(status: string): void {
    if (!isStopRequest(status)) return;
    if (this.#request !== null && LEVELS[status] <= LEVELS[this.#request]) return;
    this.#request = status;
    for (const listener of [...this.#listeners]) listener(status);
  }

  /** Calls for the request there is and for each firmer one; returns what ends it. */
  follow(listener: (request: StopRequest) => void): () => void {
    this.#listeners.add(listener);
    if (this.#request !== null) listener(this.#request);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves when the execution is to end without waiting for its workflow. */
  get atOnce(): Promise<StopRequest> {
    return new Promise((resolve) => {
      this.follow((request) => {
        if (request !== "cancelling") resolve(request);
      });
    });
  }
}

const isStopRequest = (status: string): status is StopRequest => Object.hasOwn(LEVELS, status);

/** Tells a control what the database says, now and whenever it changes; returns what ends it. */
export async function followRequests(
  database: Database,
  executionId: string,
  control: ExecutionControl,
): Promise<() => void> {
  const look = async () => {
    const row = await database.read.executions.get(executionId);
    if (row !== undefined) control.ask(row.status);
  };
  const end = database.changes.subscribe([`control:${executionId}`], () => void look().catch(() => undefined));
  await look();
  return end;
}
