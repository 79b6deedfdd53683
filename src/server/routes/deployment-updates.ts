import type { JsonObject } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import { flagsIn } from "../../services/deployment-updates/flags.ts";
import { initiateUpdate, type NewUpdate } from "../../services/deployment-updates/initiate.ts";
import { getUpdate, listUpdates } from "../../services/deployment-updates/list.ts";
import { reportUpdate } from "../../services/deployment-updates/progress.ts";
import { createUpdate, type NewRecord } from "../../services/deployment-updates/record.ts";
import { updateView } from "../../services/deployment-updates/view.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { found } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";
import { untilExecutionEnds } from "./until-execution-ends.ts";

type WithId = { Params: { id: string } };

export const deploymentUpdateRoutes: Routes = (app, context) => {
  const { database } = context;

  app.get("/deployment-updates", (request) => listUpdates(database.read, request.identity, request.query as RawQuery));
  app.get<WithId>("/deployment-updates/:id", (request) =>
    getUpdate(database.read, request.identity, request.params.id, request.query as RawQuery),
  );
  app.post<WithId>("/deployment-updates/:id/update/initiate", async ({ identity, params, body }) => {
    const asked = updateIn(body);
    const started = await database.unitOfWork((tx) => initiateUpdate(tx, identity, params.id, asked));
    if (!asked.flags.preview || !started.execution_id) return updateView(started);
    // A preview changes nothing: its answer is what it has found out.
    await untilExecutionEnds(context, started.execution_id);
    const row = await database.read.deploymentUpdates.get(started.tenant_name, started.id);
    return updateView(found(row, "DeploymentUpdate", started.id));
  });
  // Updates end by themselves; clients of older releases still ask for it.
  app.post<WithId>("/deployment-updates/:id/update/finalize", ({ identity, params }) =>
    getUpdate(database.read, identity, params.id),
  );
  app.put<WithId>("/deployment-updates/:id", ({ identity, params, body }) =>
    database.unitOfWork(async (tx) => updateView(await createUpdate(tx, identity, params.id, recordIn(body)))),
  );
  app.patch<WithId>("/deployment-updates/:id", ({ identity, params, body }) =>
    database.unitOfWork((tx) => reportUpdate(tx, identity, params.id, bodyOf(body) as JsonObject)),
  );
};

function updateIn(json: unknown): NewUpdate {
  const body = bodyOf(json);
  const blueprintId = textOf(body, "blueprint_id");
  return {
    inputs: objectOf(body, "inputs") ?? {},
    flags: flagsIn(body),
    ...(blueprintId ? { blueprintId } : {}),
  };
}

function recordIn(json: unknown): NewRecord {
  const body = bodyOf(json, ["deployment_id"]);
  const blueprintId = textOf(body, "blueprint_id");
  const inputs = objectOf(body, "inputs");
  return {
    deploymentId: textOf(body, "deployment_id") ?? "",
    runtimeOnlyEvaluation: booleanOr(body["runtime_only_evaluation"] ?? undefined, "runtime_only_evaluation", false),
    ...(blueprintId ? { blueprintId } : {}),
    ...(inputs ? { inputs } : {}),
  };
}
