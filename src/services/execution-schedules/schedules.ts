import type { ExecutionSchedule } from "../../api/groups.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentRow, ExecutionScheduleRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { workflowOf } from "../executions/workflow-of.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { alreadyExists, badParameters, notFound } from "../refusal.ts";
import { nextOccurrence, parseRule, type ScheduleRule } from "./recurrence.ts";
import { EXECUTION_SCHEDULE_FIELDS, executionScheduleView } from "./view.ts";

/** Occurrences that are shown of one schedule, and of each in a list: computing them takes its time. */
const SHOWN = 1000;
const SHOWN_IN_LIST = 10;

export interface NewSchedule {
  workflowId: string;
  /** ISO times. */
  since: string;
  until: string | null;
  rule: ScheduleRule;
  parameters: JsonObject;
  executionArguments: JsonObject;
  /** Minutes that an execution may start late. */
  slip: number;
  stopOnFail: boolean;
  enabled: boolean;
}

/** What stays away is left as it is. */
export type ScheduleChange = Partial<Omit<NewSchedule, "rule">> & {
  /** `rrule`, or any of `recurrence`, `weekdays` and `count`. */
  rule?: JsonObject;
};

export function listSchedules(read: Repositories, who: Identity, query: RawQuery, now: number) {
  authorize(who, "execution_schedule_list");
  return listResources(read, who, query, {
    fields: EXECUTION_SCHEDULE_FIELDS,
    computed: ["private_resource", "latest_execution_status", "all_next_occurrences"],
    rows: read.executionSchedules.list,
    view: (rows, include) => {
      const most = include === undefined || include.includes("all_next_occurrences") ? SHOWN_IN_LIST : 0;
      return rows.map((row) => executionScheduleView(row, { now, most }));
    },
  });
}

/** @throws not_found_error */
export async function getSchedule(
  read: Repositories,
  who: Identity,
  deploymentId: string,
  id: string,
  now: number,
): Promise<ExecutionSchedule> {
  authorize(who, "execution_schedule_get");
  return executionScheduleView(await schedule(read, who, deploymentId, id), { now, most: SHOWN });
}

/**
 * Lets a workflow start by itself from now on.
 * @throws conflict_error when the deployment has a schedule of that id
 * @throws bad_parameters_error when it ends before it begins
 */
export async function createSchedule(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  id: string,
  request: NewSchedule,
): Promise<ExecutionSchedule> {
  authorize(who, "execution_schedule_create");
  validateIdentifier("id", id);
  const deployment = await visibleDeployment(tx, who, deploymentId);
  workflowOf(deployment, request.workflowId);
  if (await tx.executionSchedules.get(who.tenant, deploymentId, id)) {
    throw alreadyExists("ExecutionSchedule", id, who.tenant);
  }
  await insertSchedule(tx, who, deployment, id, request);
  return shown(tx, who, deploymentId, id);
}

/** Stores a schedule that the rules have let in, and tells who starts what is due. */
export async function insertSchedule(
  tx: UnitOfWork,
  who: Pick<Identity, "username" | "tenant" | "executionId">,
  deployment: Pick<DeploymentRow, "tenant_name" | "id" | "visibility">,
  id: string,
  { workflowId, since, until, rule, parameters, executionArguments, slip, stopOnFail, enabled }: NewSchedule,
): Promise<void> {
  validateSpan({ since, until });
  await tx.executionSchedules.insert({
    id,
    tenant_name: deployment.tenant_name,
    visibility: deployment.visibility,
    created_by: who.username,
    created_at: tx.now(),
    deployment_id: deployment.id,
    workflow_id: workflowId,
    parameters,
    execution_arguments: executionArguments,
    rule: rule as unknown as JsonObject,
    since,
    until,
    slip,
    stop_on_fail: stopOnFail,
    enabled,
    next_occurrence: nextOccurrence(rule, { since, until }, Date.parse(tx.now())),
  });
  tx.publish("schedules");
  await recordChange(tx, who, "execution_schedules", id, "create");
}

/** @throws not_found_error, bad_parameters_error */
export async function changeSchedule(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  id: string,
  change: ScheduleChange,
): Promise<ExecutionSchedule> {
  authorize(who, "execution_schedule_create");
  const row = await schedule(tx, who, deploymentId, id);
  if (change.workflowId) workflowOf(await visibleDeployment(tx, who, deploymentId), change.workflowId);
  await alterSchedule(tx, who, row, change);
  return shown(tx, who, deploymentId, id);
}

/** The same for a schedule that is known to be there, by whoever may change it. */
export async function alterSchedule(
  tx: UnitOfWork,
  who: Pick<Identity, "username" | "tenant">,
  row: ExecutionScheduleRow,
  change: ScheduleChange,
): Promise<void> {
  const span = { since: change.since ?? row.since, until: change.until === undefined ? row.until : change.until };
  validateSpan(span);
  const present = row.rule as unknown as ScheduleRule;
  const rule = change.rule ? parseRule(change.rule, span.since, present) : present;
  // Whoever lets a stopped schedule go on has seen its failure: it would stop by it again.
  const isResumed = change.enabled === true && !row.enabled;
  await tx.executionSchedules.update(row.tenant_name, row.deployment_id, row.id, {
    ...span,
    rule: rule as unknown as JsonObject,
    next_occurrence: nextOccurrence(rule, span, Date.parse(tx.now())),
    ...(change.workflowId === undefined ? {} : { workflow_id: change.workflowId }),
    ...(change.parameters === undefined ? {} : { parameters: change.parameters }),
    ...(change.executionArguments === undefined ? {} : { execution_arguments: change.executionArguments }),
    ...(change.slip === undefined ? {} : { slip: change.slip }),
    ...(change.stopOnFail === undefined ? {} : { stop_on_fail: change.stopOnFail }),
    ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
    ...(isResumed && row.stop_on_fail ? { latest_execution: null } : {}),
  });
  tx.publish("schedules");
  await recordChange(tx, who, "execution_schedules", row.id, "update");
}

/** @throws not_found_error */
export async function deleteSchedule(tx: UnitOfWork, who: Identity, deploymentId: string, id: string): Promise<void> {
  authorize(who, "execution_schedule_create");
  await schedule(tx, who, deploymentId, id);
  await tx.executionSchedules.remove(who.tenant, deploymentId, id);
  await recordChange(tx, who, "execution_schedules", id, "delete");
}

function validateSpan({ since, until }: { since: string; until: string | null }): void {
  if (until !== null && until < since) {
    throw badParameters(`A schedule cannot end before it begins: it would run from ${since} until ${until}`);
  }
}

const shown = async (tx: UnitOfWork, who: Identity, deploymentId: string, id: string): Promise<ExecutionSchedule> =>
  executionScheduleView(await schedule(tx, who, deploymentId, id), { now: Date.parse(tx.now()), most: SHOWN });

async function schedule(
  read: Repositories,
  who: Identity,
  deploymentId: string,
  id: string,
): Promise<ExecutionScheduleRow> {
  const row = await read.executionSchedules.get(who.tenant, deploymentId, id);
  if (row) return row;
  throw notFound("ExecutionSchedule", id, { deployment_id: deploymentId });
}
