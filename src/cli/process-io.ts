import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadStream } from "node:tty";
import type { Env } from "./context.ts";
import { harmless } from "./harmless.ts";
import { type InputStream, type Io, type OutputStream, painter } from "./io.ts";
import { cloudifyRoot } from "./profiles/root.ts";

type Host = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "pid" | "kill" | "exitCode">;

/** The streams of this process. */
export function processIo(host: Host, env: Env, words: readonly string[]): Io & { readonly paging: boolean } {
  let paging = false;
  const stderr = outputTo(host.stderr, coloursFor(host.stderr, env, words));
  return {
    /** A pager has the terminal: what is typed there is meant for it, Ctrl-C too. */
    get paging() {
      return paging;
    },
    async openPager(command) {
      const { startPager } = await import("./pager-process.ts");
      const pager = await startPager(command, env);
      if (!pager) return undefined;
      paging = true;
      return { ...pager, ended: () => pager.ended().finally(() => (paging = false)) };
    },
    async openSpinner() {
      const { terminalSpinner } = await import("./terminal-spinner.ts");
      return terminalSpinner(host.stderr, stderr.paint);
    },
    exitUnheard(code) {
      host.exitCode = code;
    },
    // Touching stdin opens it, which keeps a process alive: only a command that reads does so.
    get stdin() {
      return inputFrom(host);
    },
    stdout: outputTo(host.stdout, coloursFor(host.stdout, env, words)),
    stderr,
  };
}

/** Colours: what the flag says, else what the environment says, else whether a terminal is there. */
export function coloursFor({ isTTY }: { isTTY?: boolean }, env: Env, words: readonly string[]): boolean {
  const asked = flagIn(words);
  if (asked && asked !== "auto") return asked === "always";
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined) return !["0", "false"].includes(env["FORCE_COLOR"]);
  if (env["CLICOLOR_FORCE"] !== undefined && env["CLICOLOR_FORCE"] !== "0") return true;
  if (env["TERM"] === "dumb" || env["CLICOLOR"] === "0") return false;
  return isTTY === true && configuredColours(env) !== false;
}

/** `colors` of config.yaml; read without a YAML parser, which would take longer than all the rest of a start. */
function configuredColours(env: Env): boolean | undefined {
  try {
    const text = readFileSync(join(cloudifyRoot(env), "config.yaml"), "utf8");
    const word = /^colors:\s*([A-Za-z]+)/m.exec(text)?.[1]?.toLowerCase();
    return word === undefined ? undefined : ["true", "yes", "on"].includes(word);
  } catch {
    return undefined;
  }
}

/** The streams exist before the command line is understood: a usage error may be red, too. */
function flagIn(words: readonly string[]): string | undefined {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  if (options.includes("--no-color")) return "never";
  const at = options.findLastIndex((word) => word === "--color" || word.startsWith("--color="));
  const word = options[at];
  return word === undefined ? undefined : word === "--color" ? options[at + 1] : word.slice("--color=".length);
}

function outputTo(stream: NodeJS.WriteStream, colours: boolean): OutputStream {
  return {
    tty: stream.isTTY === true,
    get width() {
      return stream.isTTY ? stream.columns : undefined;
    },
    get height() {
      return stream.isTTY ? stream.rows : undefined;
    },
    write(text) {
      stream.write(stream.isTTY ? harmless(text) : text);
    },
    drained: () =>
      stream.writableNeedDrain ? new Promise((resolve) => void stream.once("drain", resolve)) : Promise.resolve(),
    paint: painter(colours),
  };
}

function inputFrom(host: Host): InputStream {
  const stream = host.stdin;
  return {
    tty: stream.isTTY === true,
    async text() {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
      return Buffer.concat(chunks).toString("utf8");
    },
    async line({ hidden = false, signal } = {}) {
      const { createInterface } = await import("node:readline");
      const { Writable } = await import("node:stream");
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      const reader = createInterface({ input: stream, output: hidden ? nowhere : undefined, terminal: hidden, signal });
      // Where nothing is shown of what is typed, Ctrl-C is a key like any other.
      reader.on("SIGINT", () => host.kill(host.pid, "SIGINT"));
      try {
        for await (const line of reader) return line;
        return undefined;
      } finally {
        reader.close();
        if (hidden) (stream as ReadStream).setRawMode?.(false);
      }
    },
  };
}
