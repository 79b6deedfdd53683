import { copyFileSync, fstatSync, openSync, statSync, truncateSync, writeSync } from "node:fs";
import type { Clock } from "../../lib/clock.ts";
import { logTo, type ServerLog } from "../log.ts";

/** A longer log is put aside; one older log is kept. In bytes. */
const LONGEST = 10 * 1024 * 1024;
const LOOK_EVERY = 60_000;
const STDERR = 2;

/** Writes to the log file, and to stderr too unless that already is the file. */
export function openLog(path: string, clock: Clock): ServerLog {
  const file = openSync(path, "a", 0o600);
  const alsoToStderr = fstatSync(STDERR).ino !== fstatSync(file).ino;
  return logTo(clock, (line) => {
    try {
      writeSync(file, line);
    } catch {
      // On a full disk the server goes on without a log: a request must not fail for it.
    }
    if (alsoToStderr) process.stderr.write(line);
  });
}

/** Puts logs aside when they have become long, now and from time to time until the signal. */
export async function keepShort(paths: readonly string[], clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const path of paths) putAsideWhenLong(path);
    await clock.sleep(LOOK_EVERY, signal).catch(() => undefined);
  }
}

/** Server, worker and their children go on appending to the file that they have open: it stays, and is emptied. */
function putAsideWhenLong(path: string): void {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= LONGEST) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // There may be no room for the copy; then it is tried again.
  }
}
