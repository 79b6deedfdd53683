import type { ExecutionSchedule } from "../../api/groups.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { ExecutionScheduleRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { workflowOf } from "../executions/workflow-of.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { alreadyExists, badParameters, found } from "../refusal.ts";
import { nextOccurrence, nextOccurrences, parseRule, type ScheduleRule } from "./recurrence.ts";
import { EXECUTION_SCHEDULE_FIELDS, executionScheduleView } from "./view.ts";

export interface NewSchedule {
  workflowId: string;
  /** ISO times. */
  since: string;
  until: string | null;
  /** `rrule`, or `recurrence`, `weekdays` and `count`. */
  rule: JsonObject;
  parameters: JsonObject;
  executionArguments: JsonObject;
  /** Minutes that an execution may start late. */
  slip: number;
  stopOnFail: boolean;
  enabled: boolean;
}

/** What stays away is left as it is. */
export type ScheduleChange = Partial<Omit<NewSchedule, "parameters" | "executionArguments">>;

export function listSchedules(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "execution_schedule_list");
  return listResources(read, who, query, {
    fields: EXECUTION_SCHEDULE_FIELDS,
    computed: ["private_resource", "latest_execution_status"],
    rows: read.executionSchedules.list,
    view: (rows) => rows.map(executionScheduleView),
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
  const row = await schedule(read, who, deploymentId, id);
  const rule = row.rule as unknown as ScheduleRule;
  return { ...executionScheduleView(row), all_next_occurrences: nextOccurrences(rule, row, now) };
}

/**
 * Lets a workflow start by itself from now on.
 * @throws conflict_error when the deployment has a schedule of that id
 * @throws bad_parameters_error for a rule that means nothing or never comes true
 */
export async function createSchedule(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  id: string,
  request: NewSchedule,
): Promise<ExecutionSchedule> {
  authorize(who, "execution_schedule_create");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  workflowOf(deployment, request.workflowId);
  if (await tx.executionSchedules.get(who.tenant, deploymentId, id)) {
    throw alreadyExists("ExecutionSchedule", id, who.tenant);
  }
  const { since, until } = request;
  const rule = parseRule(request.rule, since);
  await tx.executionSchedules.insert({
    id,
    tenant_name: who.tenant,
    visibility: deployment.visibility,
    created_by: who.username,
    created_at: tx.now(),
    deployment_id: deploymentId,
    workflow_id: request.workflowId,
    parameters: request.parameters,
    execution_arguments: request.executionArguments,
    rule: rule as unknown as JsonObject,
    since,
    until,
    slip: request.slip,
    stop_on_fail: request.stopOnFail,
    enabled: request.enabled,
    next_occurrence: nextOccurrence(rule, request, Date.parse(tx.now())),
  });
  tx.publish("schedules");
  await recordChange(tx, who, "execution_schedules", id, "create");
  return executionScheduleView(await schedule(tx, who, deploymentId, id));
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
  const span = { since: change.since ?? row.since, until: change.until === undefined ? row.until : change.until };
  if (span.until !== null && span.until < span.since) throw badParameters("A schedule cannot end before it begins");
  const rule = change.rule ? parseRule(change.rule, span.since) : (row.rule as unknown as ScheduleRule);
  await tx.executionSchedules.update(row.tenant_name, deploymentId, id, {
    ...span,
    rule: rule as unknown as JsonObject,
    next_occurrence: nextOccurrence(rule, span, Date.parse(tx.now())),
    ...(change.workflowId === undefined ? {} : { workflow_id: change.workflowId }),
    ...(change.slip === undefined ? {} : { slip: change.slip }),
    ...(change.stopOnFail === undefined ? {} : { stop_on_fail: change.stopOnFail }),
    ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
  });
  tx.publish("schedules");
  await recordChange(tx, who, "execution_schedules", id, "update");
  return executionScheduleView(await schedule(tx, who, deploymentId, id));
}

/** @throws not_found_error */
export async function deleteSchedule(tx: UnitOfWork, who: Identity, deploymentId: string, id: string): Promise<void> {
  authorize(who, "execution_schedule_create");
  await schedule(tx, who, deploymentId, id);
  await tx.executionSchedules.remove(who.tenant, deploymentId, id);
  await recordChange(tx, who, "execution_schedules", id, "delete");
}

const schedule = async (
  read: Repositories,
  who: Identity,
  deploymentId: string,
  id: string,
): Promise<ExecutionScheduleRow> =>
  found(await read.executionSchedules.get(who.tenant, deploymentId, id), "ExecutionSchedule", id);
