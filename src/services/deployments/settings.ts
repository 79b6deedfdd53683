import type { JsonObject } from "../../api/resources.ts";
import type { DefaultSchedule, DeploymentSettings } from "../../dsl/index.ts";
import { relativeTime } from "../../lib/relative-time.ts";
import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { addGroupMembers } from "../deployment-groups/labels.ts";
import { parseRule } from "../execution-schedules/recurrence.ts";
import { alterSchedule, insertSchedule, type NewSchedule } from "../execution-schedules/schedules.ts";
import { workflowOf } from "../executions/workflow-of.ts";
import { validateDisplayName } from "../identifiers.ts";
import { parseTime } from "../queries/list-query.ts";
import { badParameters, found } from "../refusal.ts";
import type { DeploymentKey } from "./create-environment.ts";

/**
 * Gives a new deployment what its blueprint says each of its deployments has from the start: a name, groups, schedules.
 * What it has already stays, so that it can be done again after an interruption.
 * @throws bad_parameters_error, nonexistent_workflow_error for a setting that cannot be
 */
export async function applySettings(
  tx: UnitOfWork,
  { tenant_name, id }: DeploymentKey,
  settings: DeploymentSettings,
): Promise<void> {
  const deployment = found(await tx.deployments.get(tenant_name, id), "Deployment", id);
  const { display_name: name, default_groups: groups = [], default_schedules: schedules } = settings;
  // A name that was given at creation goes before the blueprint's.
  if (name && deployment.display_name === id) {
    await tx.deployments.update(tenant_name, id, { display_name: validateDisplayName("display_name", name) });
  }
  for (const group of groups) await join(tx, deployment, String(group));
  for (const [scheduleId, schedule] of Object.entries(schedules)) await plan(tx, deployment, scheduleId, schedule);
}

/** A group that is not there yet comes to be. */
async function join(tx: UnitOfWork, deployment: DeploymentRow, group: string): Promise<void> {
  const { tenant_name, id, created_by } = deployment;
  if (!(await tx.deploymentGroups.get(tenant_name, group, ["id"]))) {
    const created_at = tx.now();
    await tx.deploymentGroups.insert({ id: group, tenant_name, visibility: "tenant", created_by, created_at });
  }
  await addGroupMembers(tx, { tenant: tenant_name, username: created_by }, group, [id]);
}

async function plan(tx: UnitOfWork, deployment: DeploymentRow, id: string, schedule: DefaultSchedule): Promise<void> {
  const { tenant_name, created_by } = deployment;
  if (await tx.executionSchedules.get(tenant_name, deployment.id, id)) return;
  workflowOf(deployment, schedule.workflow);
  const who = { username: created_by, tenant: tenant_name };
  await insertSchedule(tx, who, deployment, id, scheduleOf(schedule, Date.parse(tx.now())));
}

/**
 * Brings the schedules of a deployment to what its new blueprint says. Those that the blueprint does not name are left
 * alone: somebody may have made them by hand.
 */
export async function updateSchedules(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  schedules: DeploymentSettings["default_schedules"],
): Promise<void> {
  const { tenant_name, created_by } = deployment;
  for (const [id, schedule] of Object.entries(schedules)) {
    const present = await tx.executionSchedules.get(tenant_name, deployment.id, id);
    if (!present) {
      await plan(tx, deployment, id, schedule);
      continue;
    }
    workflowOf(deployment, schedule.workflow);
    const { rule, ...wanted } = scheduleOf(schedule, Date.parse(tx.now()));
    const who = { username: created_by, tenant: tenant_name };
    await alterSchedule(tx, who, present, { ...wanted, rule: rule as JsonObject });
  }
}

function scheduleOf(schedule: DefaultSchedule, now: number): NewSchedule {
  const since = moment(schedule.since, now);
  const asked = schedule.execution_arguments ?? {};
  const { recurrence = null, count = null, weekdays = null } = schedule;
  return {
    workflowId: schedule.workflow,
    since,
    until: schedule.until === undefined ? null : moment(schedule.until, now),
    rule: parseRule({ recurrence, count, weekdays }, since),
    parameters: (schedule.workflow_parameters ?? {}) as JsonObject,
    executionArguments: {
      allow_custom_parameters: asked["allow_custom_parameters"] === true,
      force: asked["force"] === true,
      is_dry_run: asked["is_dry_run"] === true,
      wait_after_fail: Number(asked["wait_after_fail"] ?? 600),
    },
    slip: schedule.slip ?? 0,
    stopOnFail: schedule.stop_after_fail ?? false,
    enabled: schedule.default_enabled ?? true,
  };
}

/** Times from now on are from the whole minute. */
function moment(text: string, now: number): string {
  if (!text.startsWith("+")) return parseTime(text);
  const later = relativeTime(text, now);
  if (!later) throw badParameters(`${text} is no time from now. Write it as +2 weeks+1 day`);
  later.setUTCSeconds(0, 0);
  return later.toISOString();
}
