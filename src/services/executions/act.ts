import type { Execution } from "../../api/resources.ts";
import { type ExecutionAction, isFinal, isWaiting } from "../../api/statuses.ts";
import type { ExecutionRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { componentsOf } from "../deployments/components.ts";
import { refreshDeploymentStatus } from "../deployments/refresh-status.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import {
  type CancelAction,
  isResume,
  mayBeCancelled,
  type ResumeAction,
  statusWhenCancelled,
  validateResume,
} from "./actions.ts";
import { ownExecution } from "./list.ts";
import { resetOperations } from "./reset-operations.ts";
import { executionView } from "./view.ts";

/**
 * Asks a worker to stop an execution or to take it up again. The answer is immediate; the execution follows.
 * @throws illegal_action_error, conflict_error when its status does not allow it
 */
export async function actOnExecution(
  tx: UnitOfWork,
  who: Identity,
  executionId: string,
  action: ExecutionAction,
): Promise<Execution> {
  authorize(who, "execution_cancel");
  const execution = await ownExecution(tx, who, executionId);
  if (!execution) {
    throw new Refusal("not_found_error", `Requested \`Execution\` ['${executionId}'] was not found`);
  }
  await recordChange(tx, who, "executions", executionId, "update");
  // `requeue` has always been a plain cancel for this API.
  if (isResume(action)) return resumeExecution(tx, execution, action);
  return cancelExecution(tx, execution, action === "requeue" ? "cancel" : action);
}

export async function cancelExecution(
  tx: UnitOfWork,
  execution: ExecutionRow,
  action: CancelAction,
): Promise<Execution> {
  const status = statusWhenCancelled(execution, action);
  // Nobody runs one that waits, and nobody would speak for it: whichever way it is asked to stop, it is killed.
  const isKill = action === "kill" || isWaiting(execution.status);
  const change = { error: "", ...(isKill ? { token_hash: null } : {}) };
  await tx.executions.update(execution.id, { ...change, status: isKill ? "kill_cancelling" : status });
  await refreshDeploymentStatus(tx, execution, status);
  tx.publish("queue", `control:${execution.id}`, `execution:${execution.id}`);
  for (const inner of await onComponents(tx, execution)) {
    if (!isFinal(inner.status) && mayBeCancelled(inner, action)) await cancelExecution(tx, inner, action);
  }
  return executionView({ ...execution, ...change, status });
}

export async function resumeExecution(
  tx: UnitOfWork,
  execution: ExecutionRow,
  action: ResumeAction,
): Promise<Execution> {
  validateResume(execution, action);
  if (execution.status !== "started") await resetOperations(tx, execution.id, { force: action === "force-resume" });
  const change = { status: "pending" as const, ended_at: null, resume: true };
  await tx.executions.update(execution.id, change);
  await refreshDeploymentStatus(tx, execution, "pending");
  tx.publish("queue", `control:${execution.id}`, `execution:${execution.id}`);
  for (const inner of await onComponents(tx, execution)) {
    // The component's node does an installation of its own accord when it is resumed itself.
    const wasStopped = inner.status === "failed" || inner.status === "cancelled";
    if (wasStopped && inner.workflow_id !== "install") await resumeExecution(tx, inner, action);
  }
  return executionView({ ...execution, ...change });
}

/** What the components of an execution's deployment do, or did last. */
async function onComponents(
  tx: UnitOfWork,
  { tenant_name: tenant, deployment_id }: ExecutionRow,
): Promise<ExecutionRow[]> {
  const components = deployment_id === null ? [] : await componentsOf(tx, tenant, deployment_id);
  const latest = await tx.deployments.named(tenant, components, ["latest_execution"]);
  const executions: ExecutionRow[] = [];
  for (const { latest_execution: id } of latest) {
    const execution = id === null ? undefined : await tx.executions.get(id);
    if (execution) executions.push(execution);
  }
  return executions;
}
