import type { Clock } from "../../lib/clock.ts";
import type { Repositories } from "../../storage/index.ts";
import type { Activity } from "./activity.ts";

const LONGEST_PAUSE = 60_000;

interface IdleParts {
  activity: Activity;
  read: Repositories;
  /** False once the home was removed: nobody can ask for what was left to do there. */
  databaseIsThere(): Promise<boolean>;
  clock: Clock;
  signal: AbortSignal;
}

/** True when nobody has asked for anything for so many milliseconds and nothing is left to do; false at the signal. */
export async function untilIdle(
  idleAfter: number,
  { activity, read, databaseIsThere, clock, signal }: IdleParts,
): Promise<boolean> {
  while (!signal.aborted) {
    const missing = idleAfter - activity.quietFor();
    if (missing <= 0 && !((await databaseIsThere()) && (await hasWork(read)))) return true;
    const pause = Math.min(Math.max(missing, Math.min(idleAfter, 1000)), LONGEST_PAUSE);
    await clock.sleep(pause, signal).catch(() => undefined);
  }
  return false;
}

/** An execution runs or waits, or a schedule will want one: without the server it would not. */
async function hasWork(read: Repositories): Promise<boolean> {
  if ((await read.executions.countActive()) > 0) return true;
  if ((await read.executions.allQueued()).length > 0) return true;
  return (await read.executionSchedules.nextOccurrence()) !== undefined;
}
