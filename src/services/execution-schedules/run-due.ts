import { isFinal } from "../../api/statuses.ts";
import type { ExecutionScheduleRow, UnitOfWork } from "../../storage/index.ts";
import { startExecution } from "../executions/start.ts";
import type { Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { nextOccurrence, type ScheduleRule } from "./recurrence.ts";

/** A start is never so exact that a minute more would matter. */
const GRACE = 60_000;
const MINUTE = 60_000;

/** What became of a schedule whose time had come; `taken` is one that another server was quicker with. */
export type Outcome = "started" | "taken" | "still running" | "too late" | "stopped by a failure";

/**
 * Starts the workflow of a schedule whose time has come, unless its last execution still runs, it came too late, or it
 * shall stop after a failure. Either way the schedule moves on to its next occurrence.
 */
export async function runDueSchedule(tx: UnitOfWork, owner: Identity, row: ExecutionScheduleRow): Promise<Outcome> {
  if (!(await moveOn(tx, row))) return "taken";
  const obstacle = obstacleTo(row, Date.parse(tx.now()));
  if (obstacle) return obstacle;
  const options = row.execution_arguments;
  const execution = await startExecution(tx, owner, {
    deploymentId: row.deployment_id,
    workflowId: row.workflow_id,
    parameters: row.parameters,
    allowCustomParameters: options["allow_custom_parameters"] === true,
    force: options["force"] === true,
    dryRun: options["is_dry_run"] === true,
    waitAfterFail: Number(options["wait_after_fail"] ?? 600),
    queue: true,
    ...(row.next_occurrence ? { scheduledFor: row.next_occurrence } : {}),
  });
  await tx.executionSchedules.update(row.tenant_name, row.deployment_id, row.id, { latest_execution: execution.id });
  return "started";
}

/** To the next occurrence; one that shall stop after a failure is not enabled any more. False when another was quicker. */
export function moveOn(tx: UnitOfWork, row: ExecutionScheduleRow): Promise<boolean> {
  return tx.executionSchedules.moveOn(row, {
    next_occurrence: nextOf(row, Date.parse(tx.now())),
    enabled: !hasStopped(row),
  });
}

/** A rule whose next time cannot be worked out has come to its end: it must not stay due for ever. */
function nextOf(row: ExecutionScheduleRow, now: number): string | null {
  try {
    return nextOccurrence(row.rule as unknown as ScheduleRule, row, now);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const hasStopped = ({ stop_on_fail, latest_execution_status }: ExecutionScheduleRow): boolean =>
  stop_on_fail && latest_execution_status === "failed";

function obstacleTo(row: ExecutionScheduleRow, now: number): Outcome | undefined {
  const { latest_execution_status: latest, next_occurrence, slip } = row;
  if (hasStopped(row)) return "stopped by a failure";
  if (latest !== null && !isFinal(latest)) return "still running";
  return now - Date.parse(next_occurrence ?? "") > slip * MINUTE + GRACE ? "too late" : undefined;
}
