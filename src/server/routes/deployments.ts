import { booleanOr } from "../../services/booleans.ts";
import {
  changeDeployment,
  deleteDeployment,
  setDeploymentSite,
  setDeploymentVisibility,
} from "../../services/deployments/change.ts";
import { createDeployment, type NewDeployment } from "../../services/deployments/create.ts";
import { getDeployment, listDeployments, visibleDeployment } from "../../services/deployments/list.ts";
import { deploymentCapabilities, deploymentOutputs } from "../../services/deployments/values.ts";
import { viewOfDeployment } from "../../services/deployments/view.ts";
import { lastLine } from "../../services/executions/environment.ts";
import { parseLabels } from "../../services/labels/parse-labels.ts";
import { flag, type RawQuery } from "../../services/queries/list-query.ts";
import { Refusal } from "../../services/refusal.ts";
import { secretsFor } from "../../services/secrets/read.ts";
import { requestedVisibility } from "../../services/visibility.ts";
import type { Routes, ServerContext } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";
import { untilExecutionEnds } from "./until-execution-ends.ts";

type WithId = { Params: { id: string } };

export const deploymentRoutes: Routes = (app, context) => {
  const { database, vault } = context;

  app.get("/deployments", (request) => listDeployments(database.read, request.identity, request.query as RawQuery));
  app.get<WithId>("/deployments/:id", (request) =>
    getDeployment(database.read, request.identity, request.params.id, request.query as RawQuery),
  );
  app.get<WithId>("/deployments/:id/outputs", async ({ identity, params }) => ({
    deployment_id: params.id,
    outputs: await deploymentOutputs(database.read, identity, params.id, secretsFor(identity, vault)),
  }));
  app.get<WithId>("/deployments/:id/capabilities", async ({ identity, params }) => ({
    deployment_id: params.id,
    capabilities: await deploymentCapabilities(database.read, identity, params.id, secretsFor(identity, vault)),
  }));
  app.put<WithId>("/deployments/:id", async (request, reply) => {
    const query = request.query as RawQuery;
    const asked = deploymentIn(request.params.id, request.body, query);
    const created = await database.unitOfWork((tx) => createDeployment(tx, request.identity, asked));
    if (!flag(query, "async_create") && created.create_execution) await whenCreated(context, created.create_execution);
    reply.code(201);
    return viewOfDeployment(database.read, await visibleDeployment(database.read, request.identity, created.id));
  });
  app.patch<WithId>("/deployments/:id", (request) => {
    const change = JSON.parse(JSON.stringify(bodyOf(request.body)));
    return database.unitOfWork((tx) => changeDeployment(tx, request.identity, request.params.id, change));
  });
  app.delete<WithId>("/deployments/:id", async (request, reply) => {
    const query = request.query as RawQuery;
    const how = {
      force: flag(query, "force"),
      deleteLogs: flag(query, "delete_logs"),
      recursive: flag(query, "recursive"),
    };
    await database.unitOfWork((tx) => deleteDeployment(tx, request.identity, request.params.id, how));
    return reply.code(204).send();
  });
  app.patch<WithId>("/deployments/:id/set-visibility", (request) => {
    const { visibility } = bodyOf(request.body, ["visibility"]);
    return database.unitOfWork((tx) => setDeploymentVisibility(tx, request.identity, request.params.id, visibility));
  });
  app.post<WithId>("/deployments/:id/set-site", (request) => {
    const body = bodyOf(request.body);
    const site = textOf(body, "site_name");
    const choice = { detach: booleanOr(body["detach_site"], "detach_site", false), ...(site ? { site } : {}) };
    return database.unitOfWork((tx) => setDeploymentSite(tx, request.identity, request.params.id, choice));
  });
};

/** @throws deployment_creation_error with the last line of what went wrong; the broken deployment stays to be looked at */
async function whenCreated(context: ServerContext, executionId: string): Promise<void> {
  const execution = await untilExecutionEnds(context, executionId);
  if (!execution || execution.status === "terminated") return;
  if (execution.status === "failed" || execution.status === "cancelled") {
    throw new Refusal(
      "deployment_creation_error",
      lastLine(execution.error ?? "") || `The creation was ${execution.status}`,
    );
  }
  throw new Refusal(
    "deployment_environment_creation_in_progress_error",
    "Deployment environment creation is still in progress, try again in a minute",
  );
}

function deploymentIn(id: string, json: unknown, query: RawQuery): NewDeployment {
  const body = bodyOf(json, ["blueprint_id"]);
  const displayName = textOf(body, "display_name");
  const siteName = textOf(body, "site_name");
  return {
    id,
    blueprintId: textOf(body, "blueprint_id") ?? "",
    inputs: objectOf(body, "inputs") ?? {},
    visibility: requestedVisibility({ visibility: body["visibility"], private_resource: query["private_resource"] }),
    labels: parseLabels(body["labels"]),
    runtimeOnlyEvaluation: booleanOr(body["runtime_only_evaluation"] ?? undefined, "runtime_only_evaluation", false),
    ...(displayName ? { displayName } : {}),
    ...(siteName ? { siteName } : {}),
  };
}
