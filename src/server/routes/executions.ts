import { isFinal } from "../../api/statuses.ts";
import { pythonTypeName } from "../../lib/python-text.ts";
import { booleanOr } from "../../services/booleans.ts";
import { scheduleExecution } from "../../services/execution-schedules/schedule-once.ts";
import { actOnExecution } from "../../services/executions/act.ts";
import { parseAction } from "../../services/executions/actions.ts";
import { deleteExecutions } from "../../services/executions/delete.ts";
import { getExecution, listExecutions } from "../../services/executions/list.ts";
import { type StartExecution, startExecution } from "../../services/executions/start.ts";
import { reportStatus, type StatusUpdate } from "../../services/executions/update-status.ts";
import { executionEvaluator } from "../../services/functions/execution-evaluator.ts";
import type { Identity } from "../../services/identity/identity.ts";
import { resolveTargetsAfter } from "../../services/inter-deployment-dependencies/resolve-targets.ts";
import { parseTime, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import { secretsFor } from "../../services/secrets/read.ts";
import type { Routes } from "../context.ts";
import { answerWhenNews } from "../http/long-poll.ts";
import { bodyOf, countOf, objectOf, textOf } from "../http/request-body.ts";

export const executionRoutes: Routes = (app, context) => {
  const { database, vault } = context;

  app.get("/executions", (request) => listExecutions(database.read, request.identity, request.query as RawQuery));

  app.post("/executions", async (request, reply) => {
    const start = startIn(request.body);
    const time = textOf(bodyOf(request.body), "scheduled_time");
    reply.code(201);
    return database.unitOfWork<object>((tx) =>
      time ? scheduleExecution(tx, request.identity, start, time) : startExecution(tx, request.identity, start),
    );
  });

  app.delete("/executions", async (request) => {
    const body = bodyOf(request.body);
    const before = textOf(body, "to_datetime");
    const keepLast = body["keep_last"] ?? undefined;
    const deletion = {
      query: request.query as RawQuery,
      ...(before ? { before: parseTime(before) } : {}),
      ...(keepLast === undefined ? {} : { keepLast: positive("keep_last", keepLast) }),
    };
    const count = await database.unitOfWork((tx) => deleteExecutions(tx, request.identity, deletion));
    return { metadata: { pagination: {} }, items: [{ count }] };
  });

  app.get<{ Params: { id: string } }>("/executions/:id", (request, reply) =>
    answerWhenNews(context, request, reply, {
      topics: [`execution:${request.params.id}`],
      ask: () => getExecution(database.read, request.identity, request.params.id, request.query as RawQuery),
      isNews: ({ status }) => status === undefined || isFinal(status),
    }),
  );

  app.post<{ Params: { id: string } }>("/executions/:id", (request) => {
    const action = parseAction(bodyOf(request.body, ["action"]).action);
    return database.unitOfWork((tx) => actOnExecution(tx, request.identity, request.params.id, action));
  });

  app.patch<{ Params: { id: string } }>("/executions/:id", async ({ identity, params, body: json }) => {
    const body = bodyOf(json, ["status"]);
    const reported = { status: String(body.status), error: textOf(body, "error") };
    const report = reported.status === "terminated" ? await withDependencies(params.id, identity, reported) : reported;
    return database.unitOfWork((tx) => reportStatus(tx, identity, params.id, report));
  });

  /** What a workflow that ended well has made known of others may turn out to be wrong: then it has failed. */
  async function withDependencies(id: string, identity: Identity, report: StatusUpdate): Promise<StatusUpdate> {
    const execution = await database.read.executions.get(id);
    if (execution?.tenant_name !== identity.tenant) return report;
    const { evaluator } = executionEvaluator(database, secretsFor(identity, vault));
    const problem = await resolveTargetsAfter(database, execution, evaluator(execution));
    return problem === null ? report : { status: "failed", error: problem };
  }
};

function startIn(json: unknown): StartExecution {
  const body = bodyOf(json, ["deployment_id", "workflow_id"]);
  const parameters = body["parameters"] ?? {};
  if (typeof parameters !== "object" || Array.isArray(parameters)) {
    throw badParameters(
      `request body's 'parameters' field must be a dict but is of type ${pythonTypeName(parameters)}`,
    );
  }
  return {
    deploymentId: textOf(body, "deployment_id") ?? "",
    workflowId: textOf(body, "workflow_id") ?? "",
    parameters: objectOf(body, "parameters") ?? {},
    allowCustomParameters: booleanOr(body["allow_custom_parameters"], "allow_custom_parameters", false),
    force: booleanOr(body["force"], "force", false),
    dryRun: booleanOr(body["dry_run"], "dry_run", false),
    queue: booleanOr(body["queue"], "queue", false),
    waitAfterFail: countOf(body, "wait_after_fail", 600),
    ...(textOf(body, "id") ? { id: textOf(body, "id") } : {}),
  };
}

function positive(key: string, value: unknown): number {
  if (Number.isInteger(value) && Number(value) > 0) return Number(value);
  throw badParameters(`${key} must be a number above 0, got ${JSON.stringify(value)}`);
}
