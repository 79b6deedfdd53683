import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { encodeFrame, type Frame, FrameSplitter } from "./frames.ts";
import { endGroup, type ProcessGroup, type Program } from "./process-group.ts";
import { SpawnedProcess } from "./spawned-process.ts";
import { startProgram } from "./start-program.ts";

export interface SpawnerOptions {
  /** The interpreter that is to run Python code. @throws PythonMissing */
  python(): Promise<string>;
  framework: string;
  env: NodeJS.ProcessEnv;
}

/** Where Python code of a user runs; the command is the spawner's own interpreter. */
export type PythonProgram = Pick<Program, "cwd" | "env" | "record">;

/**
 * The small process of this worker that starts all others. Starting one from here would hold up everything else, for
 * the longer the more memory this process has; and its pipes can be opened by name, which those of Node cannot.
 */
export class Spawner {
  readonly #options: SpawnerOptions;
  readonly #processes = new Map<number, SpawnedProcess>();
  #running: Promise<Connection> | null = null;
  #last = 0;

  constructor(options: SpawnerOptions) {
    this.#options = options;
  }

  /**
   * Starts a program; where there is no Python, as a child of this process.
   * @throws the system's error (ENOENT, EACCES …)
   */
  async run(program: Program): Promise<ProcessGroup> {
    const { command, args, cwd, env, record = null } = program;
    if (!(await this.#options.python().then(Boolean, () => false))) return startProgram(program);
    return this.#start({ command, args, cwd, env, record }, { channel: false });
  }

  /** Runs Python code of a user by our framework, which hears over the channel what to do. @throws PythonMissing */
  runPython({ cwd, env, record }: PythonProgram): Promise<ProcessGroup> {
    return this.#start({ command: null, cwd, env, record: record ?? null }, { channel: true });
  }

  /** Whether nothing that it started runs. */
  get idle(): boolean {
    return this.#processes.size === 0;
  }

  /** Ends the spawner, and what it has started and still runs. */
  async close(): Promise<void> {
    const connection = await this.#running?.catch(() => null);
    connection?.stream.destroy();
    await connection?.ended;
  }

  async #start(request: object, { channel }: { channel: boolean }): Promise<ProcessGroup> {
    this.#running ??= this.#connect();
    const { stream, ended } = await this.#running;
    if (!stream.writable) {
      // It has died just now; the next one is asked.
      await ended;
      return this.#start(request, { channel });
    }
    const number = ++this.#last;
    const send = (frame: Buffer) => void (stream.writable && stream.write(frame));
    const process = new SpawnedProcess(number, { channel, send });
    this.#processes.set(number, process);
    send(encodeFrame("s", number, Buffer.from(JSON.stringify(request))));
    return process.started;
  }

  async #connect(): Promise<Connection> {
    try {
      const connection = await connect(this.#options, (frame) => {
        if (this.#processes.get(frame.number)?.take(frame) === true) this.#processes.delete(frame.number);
      });
      connection.ended.then(() => this.#lost());
      return connection;
    } catch (error) {
      this.#running = null;
      throw error;
    }
  }

  /** What still runs is nobody's now: it ends, and whoever waits for it hears so. What an operation has left goes on. */
  #lost(): void {
    this.#running = null;
    for (const process of this.#processes.values()) {
      if (process.isRunning) void endGroup(process.pid);
      process.lose();
    }
    this.#processes.clear();
  }
}

interface Connection {
  stream: Duplex;
  ended: Promise<void>;
}

async function connect({ python, framework, env }: SpawnerOptions, take: (frame: Frame) => void): Promise<Connection> {
  const child = spawn(await python(), ["-u", "-s", join(framework, "launcher/spawner.py")], {
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "inherit", "inherit", "pipe"],
    // A Ctrl-C in a terminal is for the server, which tells its worker, which ends this one last.
    detached: true,
  });
  await once(child, "spawn");
  const stream = child.stdio[3] as Duplex;
  const frames = new FrameSplitter(take);
  stream.on("data", (chunk: Buffer) => frames.write(chunk));
  stream.on("error", () => stream.destroy());
  return { stream, ended: new Promise((resolve) => stream.once("close", () => resolve())) };
}
