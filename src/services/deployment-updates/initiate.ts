import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../api/resources.ts";
import type { Plan } from "../../dsl/index.ts";
import type { BlueprintRow, DeploymentRow, DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { refuseWhileDependedOn } from "../deployments/dependents.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { validateEnvironment } from "../executions/environment.ts";
import { insertExecution } from "../executions/insert.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { dependenciesOn } from "../inter-deployment-dependencies/dependents.ts";
import { summarize } from "../inter-deployment-dependencies/summary.ts";
import { found, Refusal } from "../refusal.ts";

/** What an update may be told; each becomes a parameter of its workflow under the same name. */
export interface UpdateFlags {
  preview: boolean;
  runtime_only_evaluation: boolean;
  force: boolean;
  workflow_id: string | null;
  reinstall_list: string[];
  reevaluate_active_statuses: boolean;
  auto_correct_types: boolean;
  update_plugins: boolean;
  install_first: boolean;
  ignore_failure: boolean;
  skip_reinstall: boolean;
  skip_uninstall: boolean;
  skip_install: boolean;
  skip_drift_check: boolean;
  force_reinstall: boolean;
  skip_heal: boolean;
}

/** Nothing asked for. */
export const NO_FLAGS: UpdateFlags = {
  preview: false,
  runtime_only_evaluation: false,
  force: false,
  workflow_id: null,
  reinstall_list: [],
  reevaluate_active_statuses: false,
  auto_correct_types: false,
  update_plugins: true,
  install_first: false,
  ignore_failure: false,
  skip_reinstall: false,
  skip_uninstall: false,
  skip_install: false,
  skip_drift_check: false,
  force_reinstall: false,
  skip_heal: false,
};

export interface NewUpdate {
  /** The deployment's own blueprint when absent. */
  blueprintId?: string;
  /** Laid over the inputs that the deployment has. */
  inputs: JsonObject;
  flags: UpdateFlags;
}

const ACTIVE_STATES = ["updating", "executing_workflow", "finalizing"];

/**
 * Starts the update of a deployment to another blueprint or other inputs; an execution does it, beside others.
 * @throws conflict_error another update of it is not finished, unless forced
 * @throws dependent_exists_error other deployments rely on it, unless forced
 */
export async function initiateUpdate(
  tx: UnitOfWork,
  who: Identity,
  deploymentId: string,
  { blueprintId, inputs, flags }: NewUpdate,
): Promise<DeploymentUpdateRow> {
  authorize(who, "deployment_update_create");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  await validateEnvironment(tx, deployment);
  const blueprint = await newBlueprint(tx, who, deployment, blueprintId);
  if (!flags.force) {
    await refuseWhileUpdated(tx, deployment);
    if (!flags.preview) await refuseWhileDependedOn(tx, deployment, "update");
  }
  const dependents = (await dependenciesOn(tx, deployment.tenant_name, deployment.id)).map(summarize);
  const id = `${deployment.id}-${randomUUID()}`;
  const execution = await insertExecution(tx, who, {
    workflowId: "update",
    status: "pending",
    deployment,
    visibility: deployment.visibility,
    parameters: { update_id: id, blueprint_id: blueprint.id, inputs, ...flags },
  });
  await tx.deploymentUpdates.insert({
    id,
    tenant_name: deployment.tenant_name,
    visibility: deployment.visibility,
    created_by: who.username,
    created_at: tx.now(),
    deployment_id: deployment.id,
    execution_id: execution.id,
    state: "updating",
    old_blueprint_id: deployment.blueprint_id,
    new_blueprint_id: blueprint.id,
    old_inputs: deployment.inputs ?? {},
    new_inputs: mergedInputs(blueprint, deployment.inputs ?? {}, inputs),
    runtime_only_evaluation: flags.runtime_only_evaluation,
    details: dependents.length === 0 ? {} : { recursive_dependencies: dependents as unknown as Json },
  });
  await recordChange(tx, who, "deployment_updates", id, "create");
  return found(await tx.deploymentUpdates.get(deployment.tenant_name, id), "DeploymentUpdate", id);
}

async function newBlueprint(
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

async function refuseWhileUpdated(tx: UnitOfWork, { tenant_name, id }: DeploymentRow): Promise<void> {
  const active = (await tx.deploymentUpdates.ofDeployment(tenant_name, id)).filter(({ state }) =>
    ACTIVE_STATES.includes(state),
  );
  if (active.length === 0) return;
  throw new Refusal(
    "conflict_error",
    `there are deployment updates still active; update IDs: ${active.map((update) => update.id).join(", ")}`,
  );
}

/** Inputs that the new blueprint does not know any more are left behind; given ones stay, to be refused if unknown. */
function mergedInputs({ plan }: BlueprintRow, old: JsonObject, given: JsonObject): JsonObject {
  const declared = (plan as unknown as Plan | null)?.inputs ?? {};
  const kept = Object.entries(old).filter(([name]) => Object.hasOwn(declared, name));
  return { ...Object.fromEntries(kept), ...given };
}
