import type { Execution, JsonObject } from "../../api/resources.ts";
import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { componentsOf } from "../deployments/components.ts";
import { refuseWhileDependedOn } from "../deployments/dependents.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { deploymentShape } from "../deployments/shape.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { alreadyExists, found, Refusal } from "../refusal.ts";
import { admit } from "./admit.ts";
import { validateAvailability } from "./availability.ts";
import { validateEnvironment } from "./environment.ts";
import { insertExecution, type Starter } from "./insert.ts";
import { isBlocking, isInternal } from "./internal-workflows.ts";
import { mergeParameters } from "./merge-parameters.ts";
import { parameterChecks } from "./parameter-checks.ts";
import { type DeclaredWorkflow, workflowOf } from "./workflow-of.ts";

export interface StartExecution {
  deploymentId: string;
  workflowId: string;
  parameters: JsonObject;
  allowCustomParameters: boolean;
  force: boolean;
  queue: boolean;
  /** Its group has no room for it yet: it waits, whatever else there is. */
  isHeld?: boolean;
  dryRun: boolean;
  /** Seconds that a failing graph may go on with what is already under way. */
  waitAfterFail: number;
  /** The time that its schedule had in mind. */
  scheduledFor?: string;
  /** The caller's own id for it. */
  id?: string;
}

/**
 * Starts a workflow on a deployment: pending when it may run now, queued when it must wait.
 * @throws existing_running_execution_error another one is active, and neither force nor queue was asked for
 * @throws illegal_execution_parameters_error a parameter is missing, unknown or of the wrong type
 * @throws deployment_environment_creation_pending_error and its relatives: the deployment is not ready yet
 */
export async function startExecution(tx: UnitOfWork, who: Identity, request: StartExecution): Promise<Execution> {
  return admitStart(tx, who, request, await validateStart(tx, who, request));
}

interface ValidStart {
  deployment: DeploymentRow;
  workflow: DeclaredWorkflow | undefined;
  parameters: JsonObject;
}

async function admitStart(
  tx: UnitOfWork,
  who: Starter,
  request: StartExecution,
  { deployment, workflow, parameters }: ValidStart,
): Promise<Execution> {
  if (!request.force) {
    await refuseWhileDependedOn(tx, deployment, request.workflowId, { recursive: parameters["recursive"] === true });
  }
  const status = request.isHeld ? "queued" : await admission(tx, deployment, request);
  if (!request.force && workflow) validateAvailability(workflow, await deploymentShape(tx, deployment));
  const execution = await insertExecution(tx, who, {
    ...request,
    deployment,
    status,
    parameters,
    visibility: deployment.visibility,
    allowCustomParameters: request.allowCustomParameters || isInternal(request.workflowId),
  });
  // One that waits goes on to the components when its turn comes.
  if (status === "pending" && workflow?.is_cascading) await startOnComponents(tx, who, request, deployment);
  return execution;
}

/**
 * A cascading workflow runs on the components of its deployment, too, and on theirs, each as an execution of its own.
 * @throws as `startExecution`, for a component
 */
export async function startOnComponents(
  tx: UnitOfWork,
  who: Starter,
  request: Omit<StartExecution, "deploymentId" | "id">,
  { tenant_name, id }: Pick<DeploymentRow, "tenant_name" | "id">,
): Promise<void> {
  for (const deploymentId of await componentsOf(tx, tenant_name, id)) {
    const deployment = found(await tx.deployments.get(tenant_name, deploymentId), "Deployment", deploymentId);
    const workflow = workflowOf(deployment, request.workflowId);
    const parameters = await mergedParameters(tx, deployment, workflow, request);
    await admitStart(tx, who, { ...request, deploymentId, id: undefined }, { deployment, workflow, parameters });
  }
}

/** The rules that hold whenever it is to run, now or at a later time. @throws as `startExecution` */
export async function validateStart(tx: UnitOfWork, who: Identity, request: StartExecution): Promise<ValidStart> {
  authorize(who, "execution_start");
  if (request.id !== undefined) await validateOwnId(tx, who, request.id);
  await refuseWhileCancelling(tx, who);
  const deployment = await visibleDeployment(tx, who, request.deploymentId);
  await validateEnvironment(tx, deployment);
  const workflow = workflowOf(deployment, request.workflowId);
  const parameters = await mergedParameters(tx, deployment, workflow, request);
  if (deployment.tenant_name !== who.tenant) authorize(who, "execute_global_workflow");
  return { deployment, workflow, parameters };
}

/** The parameters with which a workflow runs on a deployment; merged again when a queued execution's turn comes. */
export function mergedParameters(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  workflow: DeclaredWorkflow | undefined,
  { parameters, allowCustomParameters }: { parameters: JsonObject; allowCustomParameters: boolean },
): Promise<JsonObject> {
  if (!workflow) return Promise.resolve(parameters);
  return mergeParameters(workflow, parameters, {
    allowCustom: allowCustomParameters,
    ...parameterChecks(tx, deployment),
  });
}

async function admission(tx: UnitOfWork, deployment: DeploymentRow, { force, queue }: StartExecution) {
  const everywhere = [...(await tx.executions.allActive()), ...(await tx.executions.allQueued())];
  const ahead = everywhere.filter(
    ({ tenant_name, deployment_id }) => tenant_name === deployment.tenant_name && deployment_id === deployment.id,
  );
  const systemWorkflowAhead = everywhere.some(({ workflow_id }) => isBlocking(workflow_id));
  return admit({ force, queue, ahead, systemWorkflowAhead });
}

/** Folders are named after executions. @throws bad_parameters_error, conflict_error when it is taken */
async function validateOwnId(tx: UnitOfWork, { tenant }: Identity, id: string): Promise<void> {
  validateIdentifier("id", id, { mayBeginWithDigit: true });
  if (await tx.executions.get(id)) throw alreadyExists("Execution", id, tenant);
}

/** A workflow that was told to stop must not set others going. */
async function refuseWhileCancelling(tx: UnitOfWork, { executionId }: Identity): Promise<void> {
  if (!executionId) return;
  const own = await tx.executions.get(executionId);
  if (own?.status.endsWith("cancelling")) {
    throw new Refusal(
      "forbidden_while_cancelling",
      `Execution ${executionId} is being cancelled; it cannot start other executions`,
    );
  }
}
