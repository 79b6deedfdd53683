import type { Context } from "../context.ts";
import type { Spinner } from "../io.ts";

/** Milliseconds that nothing else was written for. What is over sooner needs no words. */
const QUIET_FOR = 100;
const SECOND_MS = 1000;

/** A function is asked again every second: it tells how long something takes. */
export type StatusText = string | (() => string);

/** Says on a terminal what goes on, while nothing else is said; nothing stays of it. */
export class StatusLine {
  readonly #io: Context["io"];
  readonly #enabled: boolean;
  #text: StatusText = "";
  #spinner: Promise<Spinner | undefined> | undefined;
  #shown: Spinner | undefined;
  #timer: NodeJS.Timeout | undefined;
  #seconds: NodeJS.Timeout | undefined;

  constructor({ io, verbosity }: Pick<Context, "io" | "verbosity">, { enabled = true } = {}) {
    this.#io = io;
    this.#enabled = enabled && verbosity >= 0 && io.stderr.tty;
  }

  show(text: StatusText): void {
    this.#text = text;
    if (text === "") this.clear();
    else if (this.#shown) this.#tell();
    else if (this.#enabled) this.#timer ??= setTimeout(() => void this.#open(), QUIET_FOR);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    clearInterval(this.#seconds);
    this.#shown?.hide();
    this.#shown = undefined;
  }

  async #open(): Promise<void> {
    const timer = this.#timer;
    this.#spinner ??= this.#io.openSpinner();
    const spinner = await this.#spinner;
    // Cleared while the spinner was on its way, and perhaps asked for anew.
    if (this.#timer !== timer) return;
    this.#shown = spinner;
    this.#tell();
    this.#seconds = setInterval(() => typeof this.#text !== "string" && this.#tell(), SECOND_MS);
  }

  #tell(): void {
    this.#shown?.show(typeof this.#text === "string" ? this.#text : this.#text());
  }
}
