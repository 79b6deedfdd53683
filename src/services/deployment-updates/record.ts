import type { Json, JsonObject } from "../../api/resources.ts";
import type { Plan } from "../../dsl/index.ts";
import type { BlueprintRow, DeploymentRow, DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { dependenciesOn } from "../inter-deployment-dependencies/dependents.ts";
import { summarize } from "../inter-deployment-dependencies/summary.ts";
import { alreadyExists, found, Refusal } from "../refusal.ts";

export interface UpdateRecord {
  id: string;
  deployment: DeploymentRow;
  blueprint: BlueprintRow;
  executionId: string | null;
  /** All that the deployment is to have. */
  inputs: JsonObject;
  runtimeOnlyEvaluation: boolean;
}

/** Writes down that a deployment is about to be updated, and who depends on it. */
export async function recordUpdate(
  tx: UnitOfWork,
  who: Pick<Identity, "username" | "tenant">,
  { id, deployment, blueprint, executionId, inputs, runtimeOnlyEvaluation }: UpdateRecord,
): Promise<DeploymentUpdateRow> {
  const dependents = (await dependenciesOn(tx, deployment.tenant_name, deployment.id)).map(summarize);
  await tx.deploymentUpdates.insert({
    id,
    tenant_name: deployment.tenant_name,
    visibility: deployment.visibility,
    created_by: who.username,
    created_at: tx.now(),
    deployment_id: deployment.id,
    execution_id: executionId,
    state: "updating",
    old_blueprint_id: deployment.blueprint_id,
    new_blueprint_id: blueprint.id,
    old_inputs: deployment.inputs ?? {},
    new_inputs: inputs,
    runtime_only_evaluation: runtimeOnlyEvaluation,
    details: dependents.length === 0 ? {} : { recursive_dependencies: dependents as unknown as Json },
  });
  await recordChange(tx, who, "deployment_updates", id, "create");
  return found(await tx.deploymentUpdates.get(deployment.tenant_name, id), "DeploymentUpdate", id);
}

export interface NewRecord {
  deploymentId: string;
  /** The deployment's own blueprint when absent. */
  blueprintId?: string;
  /** All that the deployment is to have; what it has by now when absent. */
  inputs?: JsonObject;
  /** Laid over the inputs that it has. */
  changedInputs?: JsonObject;
  runtimeOnlyEvaluation: boolean;
}

/**
 * What a workflow that updates its deployment itself writes down first.
 * @throws conflict_error there is one of that id
 */
export async function createUpdate(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { deploymentId, blueprintId, inputs, changedInputs = {}, runtimeOnlyEvaluation }: NewRecord,
): Promise<DeploymentUpdateRow> {
  authorize(who, "deployment_update_create");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  const blueprint = await blueprintOfUpdate(tx, who, deployment, blueprintId);
  if (await tx.deploymentUpdates.get(deployment.tenant_name, id))
    throw alreadyExists("DeploymentUpdate", id, deployment.tenant_name);
  return recordUpdate(tx, who, {
    id,
    deployment,
    blueprint,
    executionId: who.executionId ?? null,
    inputs: inputs ?? mergedInputs(blueprint, deployment.inputs ?? {}, changedInputs),
    runtimeOnlyEvaluation,
  });
}

/** @param asked the deployment's own when undefined. @throws conflict_error it is not uploaded */
export async function blueprintOfUpdate(
  tx: UnitOfWork,
  who: Identity,
  deployment: DeploymentRow,
  asked: string | undefined,
): Promise<BlueprintRow> {
  const blueprint =
    asked === undefined
      ? found(
          await tx.blueprints.get(deployment.blueprint_tenant_name, deployment.blueprint_id),
          "Blueprint",
          deployment.blueprint_id,
        )
      : await visibleBlueprint(tx, who, asked);
  if (blueprint.state === "uploaded") return blueprint;
  throw new Refusal(
    "conflict_error",
    `Blueprint ${blueprint.id} is ${blueprint.state}; deployments are updated to uploaded blueprints`,
  );
}

/** Inputs that the new blueprint does not know any more are left behind; given ones stay, to be refused if unknown. */
export function mergedInputs({ plan }: BlueprintRow, old: JsonObject, given: JsonObject): JsonObject {
  const declared = (plan as unknown as Plan | null)?.inputs ?? {};
  const kept = Object.entries(old).filter(([name]) => Object.hasOwn(declared, name));
  return { ...Object.fromEntries(kept), ...given };
}
