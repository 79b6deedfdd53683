import { constants } from "node:os";
import { Duplex, Readable } from "node:stream";
import { encodeFrame, type Frame } from "./frames.ts";
import type { ProcessEnd, ProcessGroup } from "./process-group.ts";

/** A process that the spawner was asked for, from the request to its end. */
export class SpawnedProcess {
  readonly #started = deferred<ProcessGroup>();
  readonly #exited = deferred<ProcessEnd>();
  #pid = 0;
  #hasExited = false;
  /** Streams that may still bring something, and its exit. */
  #open: number;
  readonly #stdout = new Readable({ read() {} });
  readonly #stderr = new Readable({ read() {} });
  readonly #channel: Duplex | null;

  constructor(number: number, { channel, send }: { channel: boolean; send(frame: Buffer): void }) {
    this.#channel = channel ? channelOf(number, send) : null;
    this.#open = channel ? 4 : 3;
  }

  /** Resolves when it runs; rejects when it cannot be started. */
  get started(): Promise<ProcessGroup> {
    return this.#started.promise;
  }

  get pid(): number {
    return this.#pid;
  }

  /** What its children still say may be heard after it has ended. */
  get isRunning(): boolean {
    return this.#pid !== 0 && !this.#hasExited;
  }

  /** True when this was the last that will be heard of it. */
  take({ kind, payload }: Frame): boolean {
    if (kind === "x" || (payload.length === 0 && kind !== "p")) this.#open -= 1;
    switch (kind) {
      case "p":
        this.#pid = Number(payload.toString());
        this.#started.resolve({
          pid: this.#pid,
          stdout: this.#stdout,
          stderr: this.#stderr,
          channel: this.#channel,
          exited: this.#exited.promise,
        });
        break;
      case "f": {
        const { code, message } = JSON.parse(payload.toString()) as { code: string; message: string };
        this.#started.reject(Object.assign(new Error(message), { code }));
        this.#open = 0;
        break;
      }
      case "o":
        feed(this.#stdout, payload);
        break;
      case "e":
        feed(this.#stderr, payload);
        break;
      case "c":
        if (this.#channel !== null) feed(this.#channel, payload);
        break;
      case "x":
        this.#hasExited = true;
        this.#exited.resolve(endOf(Number(payload.toString())));
        break;
    }
    return this.#open === 0;
  }

  /** Nothing will be heard of it any more. */
  lose(): void {
    this.#started.reject(new Error("The process that starts the processes of operations has ended"));
    for (const stream of [this.#stdout, this.#stderr, this.#channel])
      if (stream !== null) feed(stream, Buffer.alloc(0));
    this.#exited.resolve({ code: null, signal: "SIGKILL" });
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** No bytes mean the end of the stream. */
function feed(stream: Readable, payload: Buffer): void {
  if (!stream.readableEnded && !stream.destroyed) stream.push(payload.length === 0 ? null : payload);
}

const channelOf = (number: number, send: (frame: Buffer) => void): Duplex =>
  new Duplex({
    allowHalfOpen: false,
    read() {},
    write(chunk: Buffer, _encoding, done) {
      send(encodeFrame("w", number, chunk));
      done();
    },
    final(done) {
      send(encodeFrame("h", number, Buffer.alloc(0)));
      done();
    },
  });

/** The spawner counts signals below zero. */
function endOf(code: number): ProcessEnd {
  if (code >= 0) return { code, signal: null };
  const named = Object.entries(constants.signals).find(([, number]) => number === -code);
  return { code: null, signal: (named?.[0] ?? "SIGKILL") as NodeJS.Signals };
}
