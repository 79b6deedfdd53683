import { readFile, stat } from "node:fs/promises";
import type { Clock } from "../../lib/clock.ts";
import { isAlive } from "../../lib/process-alive.ts";
import type { ServerHome } from "../../lib/server-home.ts";
import { CfyError } from "../errors.ts";
import { answers } from "./local-server.ts";

export interface RunningServer {
  pid: number | undefined;
  /** Milliseconds since the epoch. */
  startedAt: number | undefined;
}

/**
 * The server that answers on this home's socket. Its number is read only while it does: a file that a dead one left may
 * by now name somebody else's process.
 */
export async function runningServer(home: ServerHome): Promise<RunningServer | undefined> {
  if (!(await answers(home.socket))) return undefined;
  const text = await readFile(home.pidFile, "utf8").catch(() => "");
  const written = await stat(home.pidFile).catch(() => undefined);
  return { pid: Number.parseInt(text, 10) || undefined, startedAt: written?.mtimeMs };
}

const PATIENCE = 20_000;
const POLL = 50;

/** Asks a server to end and waits until it has. @throws CfyError it does not end */
export async function stopServer(pid: number, clock: Clock, signal: AbortSignal): Promise<void> {
  askToEnd(pid);
  const deadline = clock.now() + PATIENCE;
  while (isAlive(pid)) {
    if (clock.now() > deadline) {
      throw new CfyError(
        "server_does_not_stop",
        `The server (process ${pid}) has not ended within ${PATIENCE / 1000} s`,
        {
          hint: [
            "cfy server logs shows what it does",
            `kill -9 ${pid} ends it; executions go on, and the next server finds them`,
          ],
        },
      );
    }
    await clock.sleep(POLL, signal);
  }
}

function askToEnd(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    // It may have ended by itself since it was looked for.
    if (isAlive(pid)) throw error;
  }
}
