import type { FastifyInstance } from "fastify";
import type { Clock } from "../../lib/clock.ts";

/** Whether anybody is served now, and since when nobody was. */
export class Activity {
  readonly #clock: Clock;
  #inFlight = 0;
  #last: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = clock.now();
  }

  /** Counts the requests of the application. */
  watch(app: FastifyInstance): void {
    app.addHook("onRequest", async (_request, reply) => {
      this.#inFlight += 1;
      // Also comes when the caller has gone before the answer.
      reply.raw.once("close", () => {
        this.#inFlight -= 1;
        this.#last = this.#clock.now();
      });
    });
  }

  /** Milliseconds without a request; 0 while one is answered. */
  quietFor(): number {
    return this.#inFlight > 0 ? 0 : this.#clock.now() - this.#last;
  }
}
