/** One thing said between this process and the spawner about one of its processes. */
export interface Frame {
  kind: string;
  /** Of the process. */
  number: number;
  payload: Buffer;
}

const LINE_END = 0x0a;

export function encodeFrame(kind: string, number: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${kind} ${number} ${payload.length}\n`), payload]);
}

/** Cuts a byte stream into frames: a line with kind, number and length, and so many bytes. */
export class FrameSplitter {
  readonly #take: (frame: Frame) => void;
  #chunks: Buffer[] = [];
  #held = 0;
  /** Bytes that the frame at hand needs before another look is worth it. */
  #wanted = 1;

  constructor(take: (frame: Frame) => void) {
    this.#take = take;
  }

  write(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#wanted) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    for (;;) {
      const lineEnd = rest.indexOf(LINE_END);
      const [kind = "", number, length] = lineEnd < 0 ? [] : rest.toString("latin1", 0, lineEnd).split(" ");
      const end = lineEnd < 0 ? rest.length + 1 : lineEnd + 1 + Number(length);
      if (end > rest.length) {
        this.#wanted = end;
        break;
      }
      this.#take({ kind, number: Number(number), payload: rest.subarray(lineEnd + 1, end) });
      rest = rest.subarray(end);
    }
    this.#chunks = [rest];
    this.#held = rest.length;
  }
}
