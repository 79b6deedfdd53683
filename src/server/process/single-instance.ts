import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import type { Clock } from "../../lib/clock.ts";
import type { ServerHome } from "../../lib/server-home.ts";
import { type ProcessLock, takeProcessLock } from "../../storage/index.ts";

/** A server that has just begun to stop needs a moment to let go. */
const PATIENCE = 15_000;
const PAUSE = 50;

/** The right to be the server of this home, or nothing when another one is and answers. */
export async function becomeTheServer(home: ServerHome, clock: Clock): Promise<ProcessLock | undefined> {
  const deadline = clock.now() + PATIENCE;
  for (;;) {
    const lock = takeProcessLock(home.lockFile);
    if (lock) return lock;
    if ((await answers(home.socket)) || clock.now() > deadline) return undefined;
    await clock.sleep(PAUSE);
  }
}

/** The process that says it is the server; undefined when none says so. */
export async function serverPid(home: ServerHome): Promise<number | undefined> {
  const text = await readFile(home.pidFile, "utf8").catch(() => "");
  return Number.parseInt(text, 10) || undefined;
}

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
