import type { Work } from "./work.ts";

/** Rows read at once. */
const PAGE = 200;

/** Repeats in an operation's log what another execution says, as it says it. */
export class LogOfAnother {
  readonly #work: Work;
  readonly #executionId: string;
  #told = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(work: Work, executionId: string) {
    this.#work = work;
    this.#executionId = executionId;
  }

  /** Returns what ends it, once all that was said is told. */
  follow(): () => Promise<void> {
    const { changes } = this.#work.surroundings.database;
    const end = changes.subscribe([`execution:${this.#executionId}`], () => this.#read());
    return async () => {
      end();
      this.#read();
      await this.#reading;
    };
  }

  #read(): void {
    this.#reading = this.#reading.then(() => this.#tell()).catch(() => undefined);
  }

  async #tell(): Promise<void> {
    const { surroundings, job, host } = this.#work;
    for (;;) {
      const { items } = await surroundings.database.read.events.list({
        tenant: job.tenant,
        equal: { execution_id: [this.#executionId] },
        sort: [{ field: "reported_timestamp", descending: false }],
        offset: this.#told,
        size: PAGE,
      });
      for (const { deployment_id, message } of items) host.log("info", `[${deployment_id}] ${message ?? ""}`);
      this.#told += items.length;
      if (items.length < PAGE) return;
    }
  }
}
