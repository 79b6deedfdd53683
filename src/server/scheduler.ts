import { type Clock, timestamp } from "../lib/clock.ts";
import { moveOn, type Outcome, runDueSchedule } from "../services/execution-schedules/run-due.ts";
import { identifyOwner } from "../services/identity/authenticate.ts";
import { isMaintenanceActivated } from "../services/maintenance/state.ts";
import type { Database, ExecutionScheduleRow } from "../storage/index.ts";
import type { ServerLog } from "./log.ts";

interface SchedulerParts {
  database: Database;
  clock: Clock;
  log: ServerLog;
}

/** A clock that is set, or a machine that slept, is noticed after so many milliseconds. */
const LONGEST_PAUSE = 60_000;
const PAUSE_AFTER_FAILURE = 5000;

/** Starts what is scheduled when its time comes, until the signal. */
export async function runSchedules(parts: SchedulerParts, signal: AbortSignal): Promise<void> {
  const { clock, log } = parts;
  while (!signal.aborted) {
    try {
      await untilDue(parts, signal);
      if (!signal.aborted) await startDue(parts);
    } catch (error) {
      log.error("schedules could not be looked at", error);
      await clock.sleep(PAUSE_AFTER_FAILURE, signal).catch(() => undefined);
    }
  }
}

/** Until a schedule may be due: its time has come, or somebody changed one. Listens before it looks, so as to miss nothing. */
async function untilDue({ database, clock }: SchedulerParts, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const news = database.changes.wait(["schedules"], either).catch(() => undefined);
  try {
    const pause = await untilNext(database, clock);
    if (pause > 0) await Promise.race([clock.sleep(pause, either).catch(() => undefined), news]);
  } finally {
    over.abort();
  }
}

async function untilNext({ read }: Database, clock: Clock): Promise<number> {
  // What is due in maintenance waits for its end, which is news.
  const next = (await isMaintenanceActivated(read)) ? undefined : await read.executionSchedules.nextOccurrence();
  return next === undefined ? LONGEST_PAUSE : Math.min(Date.parse(next) - clock.now(), LONGEST_PAUSE);
}

async function startDue({ database, clock, log }: SchedulerParts): Promise<void> {
  if (await isMaintenanceActivated(database.read)) return;
  for (const due of await database.read.executionSchedules.due(timestamp(clock.now()))) {
    const name = `schedule ${due.id} of ${due.deployment_id}, due at ${due.next_occurrence}`;
    try {
      log.info(`${name}: ${await start(database, due)}`);
    } catch (error) {
      log.error(`${name}, was not started`, error);
    }
  }
}

/** A start that fails still moves the schedule on: the next occurrence may be luckier. */
async function start(database: Database, due: ExecutionScheduleRow): Promise<Outcome> {
  try {
    const owner = await identifyOwner(database, due.created_by, due.tenant_name);
    return await database.unitOfWork((tx) => runDueSchedule(tx, owner, due));
  } catch (error) {
    await database.unitOfWork((tx) => moveOn(tx, due));
    throw error;
  }
}
