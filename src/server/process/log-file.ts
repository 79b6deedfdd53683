import { fstatSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import type { Clock } from "../../lib/clock.ts";
import { logTo, type ServerLog } from "../log.ts";

/** A longer log is put aside when the server starts; one older log is kept. */
const LONGEST = 10 * 1024 * 1024;
const STDERR = 2;

/** Writes to the log file, and to stderr too unless that already is the file. */
export function openLog(path: string, clock: Clock): ServerLog {
  putAsideWhenLong(path);
  const file = openSync(path, "a", 0o600);
  const alsoToStderr = fstatSync(STDERR).ino !== fstatSync(file).ino;
  return logTo(clock, (line) => {
    writeSync(file, line);
    if (alsoToStderr) process.stderr.write(line);
  });
}

function putAsideWhenLong(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LONGEST) renameSync(path, `${path}.1`);
}
