import { isFinal } from "../../api/statuses.ts";
import type { ExecutionScheduleRow, UnitOfWork } from "../../storage/index.ts";
import { startExecution } from "../executions/start.ts";
import type { Identity } from "../identity/identity.ts";
import { nextOccurrence, type ScheduleRule } from "./recurrence.ts";

/** A start is never so exact that a minute more would matter. */
const GRACE = 60_000;
const MINUTE = 60_000;

/**
 * Starts the workflow of a schedule whose time has come, unless its last execution still runs, it came too late, or it
 * shall stop after a failure. Either way the schedule moves on to its next occurrence.
 */
export async function runDueSchedule(tx: UnitOfWork, owner: Identity, row: ExecutionScheduleRow): Promise<void> {
  await moveOn(tx, row);
  if (!mayRun(row, Date.parse(tx.now()))) return;
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
  });
  await tx.executionSchedules.update(row.tenant_name, row.deployment_id, row.id, { latest_execution: execution.id });
}

/** To the next occurrence; a schedule that has none, or shall stop after a failure, is not enabled any more. */
export async function moveOn(tx: UnitOfWork, row: ExecutionScheduleRow): Promise<void> {
  const next = nextOccurrence(row.rule as unknown as ScheduleRule, row, Date.parse(tx.now()));
  await tx.executionSchedules.update(row.tenant_name, row.deployment_id, row.id, {
    next_occurrence: next,
    enabled: next !== null && !hasStopped(row),
  });
}

const hasStopped = ({ stop_on_fail, latest_execution_status }: ExecutionScheduleRow): boolean =>
  stop_on_fail && latest_execution_status === "failed";

function mayRun(row: ExecutionScheduleRow, now: number): boolean {
  const { latest_execution_status: latest, next_occurrence, slip } = row;
  if (hasStopped(row) || (latest !== null && !isFinal(latest))) return false;
  return now - Date.parse(next_occurrence ?? "") <= slip * MINUTE + GRACE;
}
