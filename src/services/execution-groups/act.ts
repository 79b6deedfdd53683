import type { ExecutionGroup } from "../../api/groups.ts";
import { type ExecutionAction, isFinal } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { cancelExecution, resumeExecution } from "../executions/act.ts";
import { isResume } from "../executions/actions.ts";
import { dequeueExecutions } from "../executions/dequeue.ts";
import { updateExecutionStatus } from "../executions/update-status.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { found } from "../refusal.ts";
import { executionGroup, wholeExecutionGroup } from "./list.ts";

/** Stops all members that have not ended, or takes up those that did not end well. */
export async function actOnExecutionGroup(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  action: ExecutionAction,
): Promise<ExecutionGroup> {
  authorize(who, "execution_group_cancel");
  const group = await executionGroup(tx, who, id);
  const members = await tx.executionGroups.members([id]);
  for (const { id: executionId, status } of members) {
    if (isResume(action)) {
      if (status !== "failed" && status !== "cancelled") continue;
      await resumeExecution(tx, found(await tx.executions.get(executionId), "Execution", executionId), action);
    } else if (status === "queued") {
      await updateExecutionStatus(tx, executionId, { status: "cancelled" });
    } else if (!isFinal(status)) {
      const execution = found(await tx.executions.get(executionId), "Execution", executionId);
      await cancelExecution(tx, execution, action === "requeue" ? "cancel" : action);
    }
  }
  await recordChange(tx, who, "execution_groups", id, "update");
  return wholeExecutionGroup(tx, group);
}

export interface ExecutionGroupChange {
  concurrency?: number;
  /** Deployment groups that a member's deployment joins when its execution ended well, or failed. */
  successGroupId?: string;
  failureGroupId?: string;
}

/** Members that waited go on at once when the group gets more room. */
export async function changeExecutionGroup(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { concurrency, successGroupId, failureGroupId }: ExecutionGroupChange,
): Promise<ExecutionGroup> {
  authorize(who, "execution_group_update");
  const group = await executionGroup(tx, who, id);
  for (const target of [successGroupId, failureGroupId]) {
    if (target) found(await tx.deploymentGroups.get(who.tenant, target, ["id"]), "DeploymentGroup", target);
  }
  await tx.executionGroups.update(group.tenant_name, id, {
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(successGroupId === undefined ? {} : { success_group_id: successGroupId }),
    ...(failureGroupId === undefined ? {} : { failure_group_id: failureGroupId }),
  });
  if (concurrency !== undefined && concurrency > group.concurrency) await dequeueExecutions(tx);
  await recordChange(tx, who, "execution_groups", id, "update");
  return wholeExecutionGroup(tx, await executionGroup(tx, who, id));
}
