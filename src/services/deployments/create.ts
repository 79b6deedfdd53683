import type { JsonObject } from "../../api/resources.ts";
import { isActive, type Visibility } from "../../api/statuses.ts";
import { DslError, type Plan, resolveInputs } from "../../dsl/index.ts";
import type { BlueprintRow, DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { insertExecution } from "../executions/insert.ts";
import type { AskingDeployment } from "../functions/deployment-storage.ts";
import { validateDisplayName, validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { requirePlugins } from "../plugins/required.ts";
import { alreadyExists, found, notFound, Refusal } from "../refusal.ts";
import { withObjects } from "../searches/object-lookup.ts";
import { isWider } from "../visibility.ts";
import { withKnownConstraints } from "./input-constraints.ts";
import { addDeploymentLabels } from "./labels.ts";
import { removeDeployment } from "./remove.ts";

export interface NewDeployment {
  id: string;
  blueprintId: string;
  inputs: JsonObject;
  visibility: Visibility;
  displayName?: string;
  siteName?: string;
  labels: readonly LabelPair[];
  runtimeOnlyEvaluation: boolean;
}

/**
 * Makes a deployment; an execution creates its nodes and instances, at once unless it is held until its group has room.
 * @throws conflict_error when there is one of that id, unless nothing but its failed creation is left of it
 * @throws deployment_plugin_not_found when it needs a plugin that nobody uploaded
 * @throws deployment_parent_not_found_error when a label names an environment that is not there
 * @throws missing_required_deployment_input_error, unknown_deployment_input_error, deployment_creation_error
 */
export async function createDeployment(
  tx: UnitOfWork,
  who: Identity,
  request: NewDeployment,
  { isHeld = false } = {},
): Promise<DeploymentRow> {
  authorize(who, "deployment_create");
  const id = validateIdentifier("deployment_id", request.id, { mayBeginWithDigit: true });
  const blueprint = await visibleBlueprint(tx, who, request.blueprintId);
  if (blueprint.state !== "uploaded") {
    throw new Refusal(
      "deployment_creation_error",
      `Blueprint ${blueprint.id} is ${blueprint.state}; deployments are made from uploaded blueprints`,
    );
  }
  await makeRoom(tx, who, id);
  validateVisibility(who, request.visibility, blueprint);
  if (request.siteName) found(await tx.sites.get(who.tenant, request.siteName, ["name"]), "Site", request.siteName);
  const { displayName, inputs } = request;
  await validateInputs(tx, blueprint, {
    ...{ tenant_name: who.tenant, id, inputs, created_by: who.username },
    display_name: displayName ?? id,
    blueprint_id: blueprint.id,
  });
  await requirePlugins(tx, who.tenant, blueprint);
  const now = tx.now();
  await tx.deployments.insert({
    id,
    tenant_name: who.tenant,
    visibility: request.visibility,
    created_by: who.username,
    created_at: now,
    updated_at: now,
    display_name: request.displayName ? validateDisplayName("display_name", request.displayName) : id,
    blueprint_tenant_name: blueprint.tenant_name,
    blueprint_id: blueprint.id,
    site_name: request.siteName ?? null,
    runtime_only_evaluation: request.runtimeOnlyEvaluation,
  });
  await addDeploymentLabels(tx, { tenant_name: who.tenant, id }, request.labels, who.username);
  const creation = await insertExecution(tx, who, {
    workflowId: "create_deployment_environment",
    status: isHeld ? "queued" : "pending",
    deployment: { id, blueprint_id: blueprint.id },
    visibility: request.visibility,
    parameters: { inputs: request.inputs, display_name: request.displayName ?? null },
  });
  await tx.deployments.update(who.tenant, id, { create_execution: creation.id, latest_execution: creation.id });
  await recordChange(tx, who, "deployments", id, "create");
  return found(await tx.deployments.get(who.tenant, id), "Deployment", id);
}

/** What a failed creation left makes way for the next try. */
async function makeRoom(tx: UnitOfWork, who: Identity, id: string): Promise<void> {
  const present = await tx.deployments.get(who.tenant, id);
  if (!present) return;
  const creation = present.create_execution ? await tx.executions.get(present.create_execution) : undefined;
  const isLeftOver =
    creation && ["failed", "cancelled"].includes(creation.status) && present.latest_execution === creation.id;
  if (!isLeftOver || present.tenant_name !== who.tenant) throw alreadyExists("Deployment", id, who.tenant);
  if ((await tx.executions.active(who.tenant, id)).some(({ status }) => isActive(status)))
    throw alreadyExists("Deployment", id, who.tenant);
  await removeDeployment(tx, who.tenant, id);
}

function validateVisibility(who: Identity, visibility: Visibility, blueprint: BlueprintRow): void {
  if (visibility === "global") authorize(who, "create_global_resource");
  if (isWider(visibility, blueprint.visibility)) {
    throw new Refusal(
      "illegal_action_error",
      `The visibility of a deployment cannot be wider than that of its blueprint ${blueprint.id}, which is ${blueprint.visibility}`,
    );
  }
}

/** Asked before anything is stored, so that a forgotten input costs no broken deployment. */
async function validateInputs(
  tx: UnitOfWork,
  { id, plan: stored }: BlueprintRow,
  deployment: AskingDeployment,
): Promise<void> {
  if (!stored) throw notFound("Plan of blueprint", id);
  const plan = stored as unknown as Plan;
  const { inputs: declared, data_types: dataTypes } = plan;
  const inputs = deployment.inputs ?? {};
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) {
    throw new Refusal(
      "unknown_deployment_input_error",
      `Cannot create deployment - unknown inputs: ${unknown.join(", ")}`,
    );
  }
  try {
    const known = await withKnownConstraints(tx, plan, deployment);
    const context = { tenant: deployment.tenant_name, plan };
    await withObjects(tx, context, (objects) => resolveInputs(known.inputs, inputs, { dataTypes, objects }));
  } catch (error) {
    if (!(error instanceof DslError)) throw error;
    const code =
      error.className === "MissingRequiredInputError"
        ? "missing_required_deployment_input_error"
        : "deployment_creation_error";
    throw new Refusal(code, error.message);
  }
}
