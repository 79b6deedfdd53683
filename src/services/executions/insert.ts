import { randomUUID } from "node:crypto";
import type { Execution, JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import type { Identity } from "../identity/identity.ts";
import { found } from "../refusal.ts";
import { isInternal, isSystemWide } from "./internal-workflows.ts";
import { executionView } from "./view.ts";

export interface AcceptedExecution {
  id?: string;
  workflowId: string;
  deployment?: { id: string; blueprint_id: string };
  status: "pending" | "queued";
  parameters: JsonObject;
  allowCustomParameters?: boolean;
  dryRun?: boolean;
  force?: boolean;
  /** Seconds. */
  waitAfterFail?: number;
  scheduledFor?: string;
  visibility?: Visibility;
}

/** In whose name an execution runs. */
export type Starter = Pick<Identity, "username" | "tenant" | "executionId">;

/** Stores an execution that the rules have let in, and wakes a worker when it may run now. */
export async function insertExecution(tx: UnitOfWork, who: Starter, accepted: AcceptedExecution): Promise<Execution> {
  const id = accepted.id ?? randomUUID();
  await tx.executions.insert({
    id,
    tenant_name: who.tenant,
    visibility: accepted.visibility ?? "tenant",
    created_by: who.username,
    created_at: tx.now(),
    workflow_id: accepted.workflowId,
    deployment_id: accepted.deployment?.id ?? null,
    blueprint_id: accepted.deployment?.blueprint_id ?? null,
    status: accepted.status,
    parameters: accepted.parameters,
    allow_custom_parameters: accepted.allowCustomParameters ?? isInternal(accepted.workflowId),
    is_system_workflow: isSystemWide(accepted.workflowId),
    is_dry_run: accepted.dryRun ?? false,
    force: accepted.force ?? false,
    wait_after_fail: accepted.waitAfterFail ?? 600,
    scheduled_for: accepted.scheduledFor ?? null,
  });
  await recordChange(tx, who, "executions", id, "create");
  if (accepted.status === "pending") tx.publish("queue");
  tx.publish(`execution:${id}`);
  return executionView(found(await tx.executions.get(id), "Execution", id));
}
