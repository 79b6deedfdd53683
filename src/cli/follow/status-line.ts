import type { OutputStream } from "../io.ts";

/** Left free at the end: the terminal itself writes `^C` there, and a line that is broken in two cannot be taken away. */
const MARGIN = 3;
const CLEAR_LINE = "\r\u001b[K";

/** One line at the bottom of a terminal that is replaced and taken away. Writes nothing where it is not enabled. */
export class StatusLine {
  #shown = false;

  constructor(
    private readonly stream: OutputStream,
    private readonly options: { enabled: boolean },
  ) {}

  show(text: string): void {
    if (!this.options.enabled) return;
    if (text === "") {
      this.clear();
      return;
    }
    const room = Math.max(0, (this.stream.width ?? 80) - MARGIN);
    this.stream.write(`${CLEAR_LINE}${this.stream.paint("dim", text.slice(0, room))}`);
    this.#shown = true;
  }

  clear(): void {
    if (!this.#shown) return;
    this.stream.write(CLEAR_LINE);
    this.#shown = false;
  }
}
