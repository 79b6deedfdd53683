import type { Duplex } from "node:stream";
import type { Json } from "../../api/resources.ts";
import { LineSplitter } from "./lines.ts";

export type Message = { [key: string]: Json };

/** JSON lines over the socket pair that a Python child has as its descriptor 3. What the child prints never gets in here. */
export class MessageChannel {
  readonly #stream: Duplex;
  /** Resolves when the child has closed its end: nothing more will come. */
  readonly closed: Promise<void>;

  /** @throws Error for a process that was started without a channel */
  constructor(stream: Duplex | null, receive: (message: Message) => void) {
    if (stream === null) throw new Error("The process has no channel");
    this.#stream = stream;
    const lines = new LineSplitter((line) => receive(JSON.parse(line) as Message), {
      longest: Number.POSITIVE_INFINITY,
    });
    stream.on("data", (chunk: Buffer) => lines.write(chunk));
    // A child that dies in the middle of a message resets the connection; its exit tells what happened.
    stream.on("error", () => stream.destroy());
    this.closed = new Promise((resolve) => stream.once("close", () => resolve()));
  }

  send(message: object): void {
    if (this.#stream.writable) this.#stream.write(`${JSON.stringify(message)}\n`);
  }

  /** Tells the child that nothing more will come. */
  end(): void {
    this.#stream.end();
  }
}
