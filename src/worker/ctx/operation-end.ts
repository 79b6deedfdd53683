import type { Json } from "../../api/resources.ts";
import type { TaskOutcome } from "../../workflow/happening.ts";
import { raised, retryRequested, succeeded } from "../operations/outcome.ts";

/** Thrown through `ctx` to tell the script that it should stop; the script may go on all the same. */
export class StopOperation extends Error {
  override name = "StopOperation";
}

/** What a script said about its own end: a value, an abort or a wish to run again. It may speak once. */
export class OperationEnd {
  #outcome: TaskOutcome | null = null;

  returns(value: Json): null {
    this.#settle(succeeded(value));
    return null;
  }

  abort(message: Json | undefined): never {
    const text = asText(message);
    this.#settle(refusal(text));
    throw new StopOperation(text);
  }

  retry(message: Json | undefined, retryAfter: Json | undefined): never {
    const after = retryAfter === undefined || retryAfter === null ? null : Number(retryAfter);
    if (after !== null && !Number.isFinite(after))
      throw new Error(`retry_after is a number of seconds, not ${retryAfter}`);
    const text = asText(message);
    this.#settle(retryRequested(text, after));
    throw new StopOperation(text);
  }

  /** What was said, or null when the script's exit decides. */
  get outcome(): TaskOutcome | null {
    return this.#outcome;
  }

  #settle(outcome: TaskOutcome): void {
    if (this.#outcome === null) {
      this.#outcome = outcome;
      return;
    }
    const message = "ctx may only abort or return once";
    this.#outcome = refusal(message);
    throw new Error(message);
  }
}

const asText = (message: Json | undefined): string =>
  message === undefined || message === null ? "" : typeof message === "string" ? message : JSON.stringify(message);

const refusal = (message: string): TaskOutcome =>
  raised("non-recoverable", "NonRecoverableError", message, `cloudify.exceptions.NonRecoverableError: ${message}`);
