import type { Json, JsonObject } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import { parseRule } from "../../services/execution-schedules/recurrence.ts";
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  type NewSchedule,
  type ScheduleChange,
} from "../../services/execution-schedules/schedules.ts";
import { last, parseTime, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { bodyOf, countOf, objectOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };
type Body = Record<string, Json | undefined>;

export const executionScheduleRoutes: Routes = (app, { database, clock }) => {
  const path = "/execution-schedules/:id";
  app.get("/execution-schedules", ({ identity, query }) =>
    listSchedules(database.read, identity, query as RawQuery, clock.now()),
  );
  app.get<WithId>(path, ({ identity, params, query }) =>
    getSchedule(database.read, identity, deploymentIn(query), params.id, clock.now()),
  );
  app.put<WithId>(path, ({ identity, params, query, body }, reply) => {
    const [deployment, schedule] = [deploymentIn(query), scheduleIn(bodyOf(body, ["workflow_id", "since"]))];
    reply.code(201);
    return database.unitOfWork((tx) => createSchedule(tx, identity, deployment, params.id, schedule));
  });
  app.patch<WithId>(path, ({ identity, params, query, body }, reply) => {
    const [deployment, change] = [deploymentIn(query), changeIn(bodyOf(body))];
    reply.code(201);
    return database.unitOfWork((tx) => changeSchedule(tx, identity, deployment, params.id, change));
  });
  app.delete<WithId>(path, async ({ identity, params, query }, reply) => {
    const deployment = deploymentIn(query);
    await database.unitOfWork((tx) => deleteSchedule(tx, identity, deployment, params.id));
    return reply.code(204).send();
  });
};

/** A schedule's id says little without its deployment. */
function deploymentIn(query: unknown): string {
  const id = last((query as RawQuery)["deployment_id"]);
  if (id) return id;
  throw badParameters("Missing deployment_id in the query: schedules are known by their deployment");
}

function scheduleIn(body: Body): NewSchedule {
  const asked = objectOf(body, "execution_arguments") ?? {};
  const since = timeIn(body, "since");
  if (since === undefined) throw badParameters("since must be a time, got null");
  return {
    workflowId: textOf(body, "workflow_id") ?? "",
    since,
    until: timeIn(body, "until") ?? null,
    rule: parseRule(ruleIn(body), since),
    parameters: objectOf(body, "parameters") ?? {},
    executionArguments: {
      allow_custom_parameters: booleanOr(
        asked["allow_custom_parameters"] ?? undefined,
        "allow_custom_parameters",
        false,
      ),
      force: booleanOr(asked["force"] ?? undefined, "force", false),
      is_dry_run: booleanOr(asked["dry_run"] ?? undefined, "dry_run", false),
      wait_after_fail: countOf(asked, "wait_after_fail", 600),
    },
    slip: countOf(body, "slip", 0),
    stopOnFail: booleanOr(body["stop_on_fail"] ?? undefined, "stop_on_fail", false),
    enabled: booleanOr(body["enabled"] ?? undefined, "enabled", true),
  };
}

function changeIn(body: Body): ScheduleChange {
  const workflowId = textOf(body, "workflow_id");
  const [since, until] = [timeIn(body, "since"), timeIn(body, "until")];
  return {
    ...(workflowId ? { workflowId } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    ...(RULE_KEYS.some((key) => isGiven(body[key])) ? { rule: ruleIn(body) } : {}),
    ...(isGiven(body["slip"]) ? { slip: countOf(body, "slip", 0) } : {}),
    ...(isGiven(body["stop_on_fail"])
      ? { stopOnFail: booleanOr(body["stop_on_fail"] ?? undefined, "stop_on_fail", false) }
      : {}),
    ...(isGiven(body["enabled"]) ? { enabled: booleanOr(body["enabled"] ?? undefined, "enabled", true) } : {}),
  };
}

const RULE_KEYS = ["rrule", "recurrence", "weekdays", "count"] as const;
/** Clients send an empty list where no weekdays were named. */
const isGiven = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

const ruleIn = (body: Body): JsonObject =>
  Object.fromEntries(RULE_KEYS.flatMap((key) => (isGiven(body[key]) ? [[key, body[key] as Json]] : [])));

function timeIn(body: Body, key: string): string | undefined {
  const text = textOf(body, key);
  return text === undefined ? undefined : parseTime(text);
}
