import { type Clock, timestamp } from "../lib/clock.ts";
import { moveOn, runDueSchedule } from "../services/execution-schedules/run-due.ts";
import { identifyOwner } from "../services/identity/authenticate.ts";
import type { Database, ExecutionScheduleRow } from "../storage/index.ts";
import type { ServerLog } from "./log.ts";

interface SchedulerParts {
  database: Database;
  clock: Clock;
  log: ServerLog;
}

/** A clock that is set, or a machine that slept, is noticed after so many milliseconds. */
const LONGEST_PAUSE = 60_000;

/** Starts what is scheduled when its time comes, until the signal. */
export async function runSchedules({ database, clock, log }: SchedulerParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const next = await database.read.executionSchedules.nextOccurrence();
    const pause = next === undefined ? LONGEST_PAUSE : Math.min(Date.parse(next) - clock.now(), LONGEST_PAUSE);
    if (pause > 0) await sleepOrNews(database, clock, pause, signal);
    if (signal.aborted) return;
    for (const due of await database.read.executionSchedules.due(timestamp(clock.now()))) {
      await start(database, due).catch((error) => log.error(`schedule ${due.id} of ${due.deployment_id}`, error));
    }
  }
}

async function sleepOrNews(database: Database, clock: Clock, pause: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  await Promise.race([clock.sleep(pause, either), database.changes.wait(["schedules"], either)]).catch(() => undefined);
  over.abort();
}

/** A start that fails still moves the schedule on: the next occurrence may be luckier. */
async function start(database: Database, due: ExecutionScheduleRow): Promise<void> {
  try {
    const owner = await identifyOwner(database, due.created_by, due.tenant_name);
    await database.unitOfWork((tx) => runDueSchedule(tx, owner, due));
  } catch (error) {
    await database.unitOfWork((tx) => moveOn(tx, due));
    throw error;
  }
}
