import type { Clock } from "../../lib/clock.ts";
import type { Repositories } from "../../storage/index.ts";
import type { Activity } from "./activity.ts";

const LONGEST_PAUSE = 60_000;
/** So long a server waits whose program is another one by now. */
const REPLACED_AFTER = 1000;

export interface IdleParts {
  activity: Activity;
  read: Repositories;
  /** False once the home was removed: nobody can ask for what was left to do there. */
  databaseIsThere(): Promise<boolean>;
  /** False once another release lies in its place: the next command is to start that one. */
  programIsThere(): Promise<boolean>;
  clock: Clock;
  signal: AbortSignal;
}

/** True when nobody has asked for anything for so many milliseconds and nothing is left to do; false at the signal. */
export async function untilIdle(
  idleAfter: number,
  { activity, read, databaseIsThere, programIsThere, clock, signal }: IdleParts,
): Promise<boolean> {
  while (!signal.aborted) {
    const wanted = (await programIsThere()) ? idleAfter : Math.min(idleAfter, REPLACED_AFTER);
    const missing = wanted - activity.quietFor();
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
