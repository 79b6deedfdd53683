import type { Json, JsonObject } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import { initiateUpdate, type NewUpdate } from "../../services/deployment-updates/initiate.ts";
import { getUpdate, listUpdates } from "../../services/deployment-updates/list.ts";
import { reportUpdate } from "../../services/deployment-updates/progress.ts";
import { updateView } from "../../services/deployment-updates/view.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters, found } from "../../services/refusal.ts";
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
  for (const method of ["PATCH", "PUT"] as const) {
    app.route<WithId>({
      method,
      url: "/deployment-updates/:id",
      handler: ({ identity, params, body }) =>
        database.unitOfWork((tx) => reportUpdate(tx, identity, params.id, bodyOf(body) as JsonObject)),
    });
  }
};

function updateIn(json: unknown): NewUpdate {
  const body = bodyOf(json);
  const flag = (key: string, absent = false) => booleanOr(body[key] ?? undefined, key, absent);
  const blueprintId = textOf(body, "blueprint_id");
  return {
    inputs: objectOf(body, "inputs") ?? {},
    flags: {
      preview: flag("preview"),
      runtime_only_evaluation: flag("runtime_only_evaluation"),
      force: flag("force"),
      workflow_id: textOf(body, "workflow_id") ?? null,
      reinstall_list: textsOf(body["reinstall_list"]),
      reevaluate_active_statuses: flag("reevaluate_active_statuses"),
      auto_correct_types: flag("auto_correct_types"),
      update_plugins: flag("update_plugins", true),
      install_first: flag("install_first"),
      ignore_failure: flag("ignore_failure"),
      skip_reinstall: flag("skip_reinstall"),
      skip_uninstall: flag("skip_uninstall"),
      skip_install: flag("skip_install"),
      skip_drift_check: flag("skip_drift_check"),
      force_reinstall: flag("force_reinstall"),
      skip_heal: flag("skip_heal"),
    },
    ...(blueprintId ? { blueprintId } : {}),
  };
}

function textsOf(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw badParameters(`reinstall_list must be a list of node instance ids, got ${JSON.stringify(value)}`);
}
