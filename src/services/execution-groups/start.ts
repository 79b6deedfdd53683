import { randomUUID } from "node:crypto";
import type { ExecutionGroup } from "../../api/groups.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { startExecution } from "../executions/start.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { found, Refusal } from "../refusal.ts";
import { executionGroup, wholeExecutionGroup } from "./list.ts";

export interface StartExecutionGroup {
  id?: string;
  deploymentGroupId: string;
  workflowId: string;
  defaultParameters: JsonObject;
  /** Beyond the default ones, by deployment id. */
  parameters: Record<string, JsonObject>;
  force: boolean;
  /** How many members may be active at a time; 0 holds all of them back. */
  concurrency: number;
}

/** How many executions one request may make. */
const MAXIMUM_MEMBERS = 1000;

/**
 * Starts a workflow on every deployment of a group: as many as may be active at once now, the others wait for their
 * turn. A deployment that does not have the workflow is left out, and the group's log says so.
 * @throws not_found_error, and whatever the start of a single execution throws
 */
export async function startExecutionGroup(
  tx: UnitOfWork,
  who: Identity,
  request: StartExecutionGroup,
): Promise<ExecutionGroup> {
  authorize(who, "execution_group_create");
  const { deploymentGroupId, workflowId, concurrency, force } = request;
  found(await tx.deploymentGroups.get(who.tenant, deploymentGroupId), "DeploymentGroup", deploymentGroupId);
  const id = request.id ?? randomUUID();
  await insertGroup(tx, who, { id, deploymentGroupId, workflowId, concurrency });
  const deployments = await tx.deploymentGroups.members(who.tenant, deploymentGroupId);
  if (deployments.length > MAXIMUM_MEMBERS) {
    throw new Refusal(
      "bad_parameters_error",
      `Group ${deploymentGroupId} has ${deployments.length} deployments; start at most ${MAXIMUM_MEMBERS} at once`,
    );
  }
  const started: string[] = [];
  for (const deploymentId of deployments) {
    try {
      const execution = await startExecution(tx, who, {
        deploymentId,
        workflowId,
        parameters: { ...request.defaultParameters, ...request.parameters[deploymentId] },
        allowCustomParameters: false,
        force,
        queue: true,
        isHeld: started.length >= concurrency,
        dryRun: false,
        waitAfterFail: 600,
      });
      started.push(execution.id);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "nonexistent_workflow_error") throw error;
      await tellGroup(tx, who, { id, workflowId, message: `${deploymentId} is left out: ${error.message}` });
    }
  }
  await tx.executionGroups.addMembers(id, started);
  return wholeExecutionGroup(tx, await executionGroup(tx, who, id));
}

/** A group of executions that are there already. */
export async function insertGroup(
  tx: UnitOfWork,
  who: Identity,
  group: { id: string; deploymentGroupId: string | null; workflowId: string; concurrency: number },
): Promise<void> {
  await tx.executionGroups.insert({
    id: group.id,
    tenant_name: who.tenant,
    visibility: "tenant",
    created_by: who.username,
    created_at: tx.now(),
    deployment_group_id: group.deploymentGroupId,
    workflow_id: group.workflowId,
    concurrency: group.concurrency,
  });
  await recordChange(tx, who, "execution_groups", group.id, "create");
}

async function tellGroup(
  tx: UnitOfWork,
  who: Identity,
  { id, workflowId, message }: { id: string; workflowId: string; message: string },
): Promise<void> {
  const event = { type: "cloudify_log" as const, level: "info", timestamp: tx.now(), message };
  await tx.events.append(
    [{ ...event, tenant_name: who.tenant, execution_group_id: id, workflow_id: workflowId }],
    tx.now(),
  );
}
