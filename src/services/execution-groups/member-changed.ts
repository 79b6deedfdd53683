import type { ExecutionStatus } from "../../api/statuses.ts";
import type { ExecutionRow, UnitOfWork } from "../../storage/index.ts";
import { addGroupMembers } from "../deployment-groups/labels.ts";

/** Tells the groups of an execution of its new status; when it has ended, its deployment joins the group for that end. */
export async function memberChanged(
  tx: UnitOfWork,
  { id, tenant_name, deployment_id }: ExecutionRow,
  { status, error }: { status: ExecutionStatus; error: string },
): Promise<void> {
  for (const group of await tx.executionGroups.ofExecution(id)) {
    const reason = error ? ` with error '${error}'` : "";
    const event = {
      type: "cloudify_event" as const,
      event_type: "execution_state_change",
      timestamp: tx.now(),
      message: `execution '${id}' changed state to '${status}'${reason}`,
      tenant_name: group.tenant_name,
      execution_group_id: group.id,
      workflow_id: group.workflow_id,
    };
    await tx.events.append([event], tx.now());
    const joins = { terminated: group.success_group_id, failed: group.failure_group_id }[String(status)];
    // The group that it was to join may have been deleted meanwhile.
    if (!joins || !deployment_id || !(await tx.deploymentGroups.get(tenant_name, joins, ["id"]))) continue;
    await addGroupMembers(tx, { tenant: tenant_name, username: group.created_by }, joins, [deployment_id]);
  }
}
