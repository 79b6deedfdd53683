import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { connect } from "node:net";
import { dirname } from "node:path";
import type { Clock } from "../../lib/clock.ts";
import { makePrivateDirectory } from "../../lib/private-file.ts";
import type { ServerHome } from "../../lib/server-home.ts";
import type { Env } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { lastLines } from "./log-tail.ts";
import { takeStartLock } from "./start-lock.ts";

export interface LocalServer {
  home: ServerHome;
  /** The directory above `home`, as the server is to find it whatever its own environment says. */
  root: string;
  env: Env;
  clock: Clock;
  /** The command that runs a server in the foreground: program and arguments. */
  command: readonly [string, ...string[]];
  /** Milliseconds that a start may take. */
  patience?: number;
}

const PATIENCE = 30_000;
const POLL = 20;
/** Where in the program something happened, which says nothing to who uses it. */
const STACK_LINE = /^\s+at /;

/**
 * Resolves when the embedded server answers; starts it when none does. Of several commands that find none at the same
 * time, one starts it and the others wait.
 * @throws CfyError it did not come up; the message shows what it wrote last
 */
export async function ensureLocalServer(server: LocalServer, signal?: AbortSignal): Promise<void> {
  const { home, clock } = server;
  const deadline = clock.now() + (server.patience ?? PATIENCE);
  await makePrivateDirectory(home.directory);
  let starting: Starting | undefined;
  try {
    while (!(await answers(home.socket))) {
      signal?.throwIfAborted();
      if (starting?.failure) throw await notStarted(home, starting.failure);
      if (clock.now() > deadline)
        throw await notStarted(home, `it did not answer within ${(server.patience ?? PATIENCE) / 1000} s`);
      starting ??= await start(server);
      await clock.sleep(POLL, signal);
    }
  } finally {
    await starting?.release();
  }
}

/** Whether somebody accepts connections on the socket. A file that a dead server left behind refuses them. */
export function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

interface Starting {
  /** Set when the server that was started has ended. */
  failure?: string;
  release(): Promise<void>;
}

/** Undefined while another command is starting one. */
async function start({ home, root, env, command }: LocalServer): Promise<Starting | undefined> {
  const lock = await takeStartLock(home.startLock);
  if (!lock) return undefined;
  const starting: Starting = { release: lock.release };
  const log = await open(home.log, "a", 0o600);
  try {
    const [program, ...words] = command;
    // A leader of its own process group: Ctrl-C in the terminal is not for it.
    const child = spawn(program, words, {
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: serverEnv(env, root),
      cwd: "/",
    });
    child.once("error", (error) => {
      starting.failure = error.message;
    });
    child.once("exit", (code, signal) => {
      // One that found another server running ends well, and the other one answers.
      if (code !== 0) starting.failure = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
    });
    child.unref();
  } finally {
    await log.close();
  }
  return starting;
}

async function notStarted(home: ServerHome, reason: string): Promise<CfyError> {
  const tail = (await lastLines(home.log, 20)).filter((line) => !STACK_LINE.test(line)).slice(-5);
  return new CfyError("local_server_failed", `The local server could not be started: ${reason}`, {
    exit: ExitCode.Unreachable,
    hint: [...tail, `The whole log: ${home.log}`, "To use a manager instead: cfy profiles use HOST -u USER"],
  });
}

/** The server lives longer than this terminal, and workflows inherit from it: credentials for managers stay out. */
function serverEnv(env: Env, root: string): Record<string, string | undefined> {
  const { CLOUDIFY_USERNAME: _u, CLOUDIFY_PASSWORD: _p, CLOUDIFY_TOKEN: _t, ...rest } = env;
  return { ...rest, CFY_WORKDIR: dirname(root) };
}
