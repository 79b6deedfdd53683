import { StringDecoder } from "node:string_decoder";

/** A line longer than this is reported in pieces, so that output without line ends cannot fill the memory. */
const LONGEST_LINE = 64 * 1024;

/** Cuts a byte stream into lines. Bytes that are no UTF-8 become U+FFFD; a carriage return before the line end is dropped. */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #line: (text: string) => void;
  readonly #longest: number;
  #rest = "";

  constructor(line: (text: string) => void, { longest = LONGEST_LINE } = {}) {
    this.#line = line;
    this.#longest = longest;
  }

  write(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#pieces(line.endsWith("\r") ? line.slice(0, -1) : line);
    while (this.#rest.length > this.#longest) {
      this.#line(this.#rest.slice(0, this.#longest));
      this.#rest = this.#rest.slice(this.#longest);
    }
  }

  /** Reports what came after the last line end. */
  end(): void {
    this.#rest += this.#decoder.end();
    if (this.#rest !== "") this.#pieces(this.#rest);
    this.#rest = "";
  }

  #pieces(line: string): void {
    if (line.length <= this.#longest) {
      this.#line(line);
      return;
    }
    for (let at = 0; at < line.length; at += this.#longest) this.#line(line.slice(at, at + this.#longest));
  }
}

/** Keeps the end of a text that may be endless. */
export class Tail {
  readonly #limit: number;
  #text = "";
  #cut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(line: string): void {
    this.#text += `${line}\n`;
    if (this.#text.length <= 2 * this.#limit) return;
    this.#text = this.#text.slice(-this.#limit);
    this.#cut = true;
  }

  get empty(): boolean {
    return this.#text === "";
  }

  toString(): string {
    return this.#cut ? `[...] ${this.#text}` : this.#text;
  }
}
