import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentRow, DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import { refuseWhileDependedOn } from "../deployments/dependents.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { validateEnvironment } from "../executions/environment.ts";
import { insertExecution } from "../executions/insert.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import type { UpdateFlags } from "./flags.ts";
import { blueprintOfUpdate, mergedInputs, recordUpdate } from "./record.ts";

export interface NewUpdate {
  /** The caller's own id for it. */
  id?: string;
  /** The deployment's own blueprint when absent. */
  blueprintId?: string;
  /** Laid over the inputs that the deployment has. */
  inputs: JsonObject;
  flags: UpdateFlags;
}

/** Starts an update on the deployment that it runs on: so a group of executions can update many. */
const UPDATE_OF_MANY = "csys_update_deployment";

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
  { id = `${deploymentId}-${randomUUID()}`, blueprintId, inputs, flags }: NewUpdate,
): Promise<DeploymentUpdateRow> {
  authorize(who, "deployment_update_create");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  await validateEnvironment(tx, deployment);
  const blueprint = await blueprintOfUpdate(tx, who, deployment, blueprintId);
  if (!flags.force) {
    await refuseWhileUpdated(tx, deployment);
    if (!flags.preview) await refuseWhileDependedOn(tx, deployment, "update");
  }
  const execution = await insertExecution(tx, who, {
    workflowId: "update",
    status: "pending",
    deployment,
    visibility: deployment.visibility,
    parameters: { update_id: id, blueprint_id: blueprint.id, inputs, ...flags },
  });
  await joinGroups(tx, who, execution.id);
  return recordUpdate(tx, who, {
    id,
    deployment,
    blueprint,
    executionId: execution.id,
    inputs: mergedInputs(blueprint, deployment.inputs ?? {}, inputs),
    runtimeOnlyEvaluation: flags.runtime_only_evaluation,
  });
}

/** What an update of many deployments starts belongs to its groups of executions, too. */
async function joinGroups(tx: UnitOfWork, { executionId }: Identity, id: string): Promise<void> {
  const starter = executionId ? await tx.executions.get(executionId) : undefined;
  if (starter?.workflow_id !== UPDATE_OF_MANY) return;
  for (const group of await tx.executionGroups.ofExecution(starter.id))
    await tx.executionGroups.addMembers(group.id, [id]);
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
