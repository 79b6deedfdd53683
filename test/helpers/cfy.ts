import type { Connect, Env, World } from "../../src/cli/context.ts";
import { type InputStream, type Io, type OutputStream, painter } from "../../src/cli/io.ts";
import { createClient } from "../../src/client/index.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { readBlueprintHere, run } from "../../src/main.ts";
import type { FakeManager } from "./fake-manager.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  manager?: FakeManager;
  env?: Env;
  /** What can be read from standard input. */
  stdin?: string;
  /** Terminals on all three streams; the number is their width. */
  tty?: number;
  /** Lines of these terminals. */
  height?: number;
  /** Takes what goes through a pager; without one there is no pager to be had. */
  pager?: Io["openPager"];
  /** Shows what goes on; without one nothing moves on this terminal. */
  spinner?: Io["openSpinner"];
  colours?: boolean;
  clock?: Clock;
  signal?: AbortSignal;
}

/**
 * Runs a command line in this process, with buffers for streams and a fake manager at the other end of the wire.
 * Words are split as a shell does: quotes group, a backslash keeps the next character.
 */
export async function cfy(line: string | readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { world: around, written } = world(options);
  const words = typeof line === "string" ? split(line) : line;
  const connect = await connectionTo(options.manager);
  const code = await run(words, around.io, around.env, around.clock, around.signal, async () => connect);
  options.manager?.verify();
  return { code, ...written() };
}

/** A world of buffers, and what was written to them. */
export function world(options: RunOptions = {}): { world: World; written(): Omit<Ran, "code"> } {
  const { env = {}, stdin = "", tty, height, colours = false } = options;
  const out = buffer({ tty, height, colours });
  const err = buffer({ tty, height, colours });
  return {
    world: {
      io: {
        stdin: input(stdin, tty !== undefined),
        stdout: out.stream,
        stderr: err.stream,
        openPager: options.pager ?? (() => Promise.resolve(undefined)),
        openSpinner: options.spinner ?? (() => Promise.resolve(undefined)),
        exitUnheard: () => {},
      },
      env,
      clock: options.clock ?? new VirtualClock(),
      signal: options.signal ?? new AbortController().signal,
      readBlueprint: readBlueprintHere,
      roles: {
        serve: () => Promise.reject(new Error("This command line was not expected to become a server")),
        work: () => Promise.reject(new Error("This command line was not expected to become a worker")),
      },
    },
    written: () => ({ stdout: out.text(), stderr: err.text() }),
  };
}

/** Without a manager, a command that connects fails the test. */
async function connectionTo(manager: FakeManager | undefined): Promise<Connect> {
  const endpoint = await manager?.endpoint();
  return (_ctx, { tenant }) => {
    if (!endpoint) throw new Error("This command line was not expected to connect: give it a manager");
    return createClient({ endpoint, authentication: { kind: "none" }, tenant });
  };
}

function buffer({ tty, height, colours }: Pick<RunOptions, "tty" | "height"> & { colours: boolean }): {
  stream: OutputStream;
  text(): string;
} {
  const written: string[] = [];
  return {
    text: () => written.join(""),
    stream: {
      tty: tty !== undefined,
      width: tty,
      height,
      write: (text) => void written.push(text),
      drained: () => Promise.resolve(),
      paint: painter(colours),
    },
  };
}

function input(text: string, tty: boolean): InputStream {
  const lines = text === "" ? [] : text.split("\n");
  return { tty, text: () => Promise.resolve(text), line: () => Promise.resolve(lines.shift()) };
}

export function split(line: string): string[] {
  const words = line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
      (_all, escaped, double, single) => escaped ?? (double === undefined ? single : double.replace(/\\(.)/g, "$1")),
    ),
  );
}
