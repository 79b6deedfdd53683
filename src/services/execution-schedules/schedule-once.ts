import { randomUUID } from "node:crypto";
import type { UnitOfWork } from "../../storage/index.ts";
import { type StartExecution, validateStart } from "../executions/start.ts";
import { SCHEDULED_EXECUTION } from "../executions/view.ts";
import type { Identity } from "../identity/identity.ts";
import { parseTime } from "../queries/list-query.ts";
import { badParameters, Refusal } from "../refusal.ts";
import { insertSchedule } from "./schedules.ts";

const FORMAT = "Expected format: YYYYMMDDHHMM+HHMM or YYYYMMDDHHMM-HHMM i.e: 201801012230-0500 (Jan-01-18 10:30pm EST)";
const COMPACT = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d) ?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Starts a workflow at a later time: a schedule of its own waits for it, and the execution comes to be when it is due.
 * The request is checked now as far as it can be; a deployment that is busy then is waited for.
 * @throws bad_parameters_error for a time that is over or that is none
 * @throws as `startExecution`, but for what depends on what runs at that time
 */
export async function scheduleExecution(
  tx: UnitOfWork,
  who: Identity,
  request: StartExecution,
  time: string,
): Promise<typeof SCHEDULED_EXECUTION> {
  const since = parseScheduledTime(time, Date.parse(tx.now()));
  const { deployment } = await validateStart(tx, who, request);
  const id = `${request.workflowId}_${randomUUID().replaceAll("-", "")}`;
  await insertSchedule(tx, who, deployment, id, {
    workflowId: request.workflowId,
    since,
    until: null,
    rule: { count: 1 },
    parameters: request.parameters,
    executionArguments: {
      allow_custom_parameters: request.allowCustomParameters,
      force: request.force,
      is_dry_run: request.dryRun,
      wait_after_fail: request.waitAfterFail,
    },
    slip: 0,
    stopOnFail: false,
    enabled: true,
  });
  return SCHEDULED_EXECUTION;
}

/** A time of the future, as it is stored; without a zone it is meant in UTC. @throws bad_parameters_error */
function parseScheduledTime(text: string, now: number): string {
  const time = readTime(text.trim());
  if (Date.parse(time) > now) return time;
  throw badParameters(`Date \`${text}\` has already passed, please provide valid date. \n${FORMAT}`);
}

function readTime(text: string): string {
  try {
    return parseTime(
      text.replace(COMPACT, (_, ...[year, month, day, hour, minute, zone]) => {
        return `${year}-${month}-${day}T${hour}:${minute}${zone ?? "Z"}`;
      }),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw badParameters(`\`${text}\` is not a time. \n${FORMAT}`);
  }
}
