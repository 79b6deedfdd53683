import type { Execution } from "../../api/resources.ts";
import { type ExecutionStatus, isFinal } from "../../api/statuses.ts";
import type { ExecutionRow, UnitOfWork } from "../../storage/index.ts";
import { endArchive } from "../archives/archives.ts";
import { recordChange } from "../audit/record.ts";
import { refreshDeploymentStatus } from "../deployments/refresh-status.ts";
import { removeDeployment } from "../deployments/remove.ts";
import { memberChanged } from "../execution-groups/member-changed.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { endPluginsUpdate } from "../plugins-updates/apply.ts";
import { found, notFound } from "../refusal.ts";
import { dequeueExecutions } from "./dequeue.ts";
import { ownExecution } from "./list.ts";
import { validateTransition } from "./status-transitions.ts";
import { executionView } from "./view.ts";

export interface StatusUpdate {
  status: string;
  /** What went wrong; empty when nothing did. */
  error?: string | null;
}

/**
 * The one way by which an execution's status changes, whoever reports it: the rule, the times, the deployment's
 * statuses, the executions that waited for this one to end, and the deployment itself when its environment is gone.
 * @throws invalid_exception_status_update when the execution can no longer become that
 * @throws not_found_error
 */
export async function updateExecutionStatus(
  tx: UnitOfWork,
  executionId: string,
  { status: reported, error }: StatusUpdate,
): Promise<Execution> {
  const execution = found(await tx.executions.get(executionId), "Execution", executionId);
  const status = validateTransition(execution, reported);
  const changed = { status, error: error ?? "", ...times(execution, status, tx.now()) };
  await tx.executions.update(executionId, changed);
  tx.publish(`execution:${executionId}`);
  if (status !== execution.status) await memberChanged(tx, execution, changed);

  if (deletesDeployment(execution, status) && execution.deployment_id) {
    await removeDeployment(tx, execution.tenant_name, execution.deployment_id);
  } else {
    await refreshDeploymentStatus(tx, execution, status);
    await endUpdate(tx, execution, status);
  }
  if (isFinal(status)) {
    await endArchive(tx, execution, changed);
    await endPluginsUpdate(tx, execution, status);
    await dequeueExecutions(tx);
  }
  return executionView({ ...execution, ...changed });
}

/** The same, reported over the API. @throws forbidden_error */
export async function reportStatus(
  tx: UnitOfWork,
  who: Identity,
  executionId: string,
  update: StatusUpdate,
): Promise<Execution> {
  authorize(who, "execution_status_update");
  if (!(await ownExecution(tx, who, executionId))) throw notFound("Execution", executionId);
  await recordChange(tx, who, "executions", executionId, "update");
  return updateExecutionStatus(tx, executionId, update);
}

function times(execution: ExecutionRow, status: ExecutionStatus, now: string) {
  if (status === "started" && execution.status !== "started") return { started_at: now };
  if (isFinal(status) && !isFinal(execution.status)) return { ended_at: now };
  return {};
}

/** Its nodes, instances, executions and events go along with the deployment. */
function deletesDeployment({ workflow_id, parameters }: ExecutionRow, status: ExecutionStatus): boolean {
  if (workflow_id !== "delete_deployment_environment") return false;
  return status === "terminated" || (status === "failed" && parameters["force"] === true);
}

/** An update is what its workflow's end says, whatever stage it was in. */
async function endUpdate(tx: UnitOfWork, { id, workflow_id }: ExecutionRow, status: ExecutionStatus): Promise<void> {
  if (workflow_id !== "update" && workflow_id !== "csys_new_deployment_update") return;
  if (!isFinal(status)) return;
  const update = await tx.deploymentUpdates.ofExecution(id);
  if (!update) return;
  const state = status === "terminated" ? "successful" : "failed";
  await tx.deploymentUpdates.update(update.tenant_name, update.id, { state });
}
