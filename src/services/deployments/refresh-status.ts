import { type ExecutionStatus, isFinal } from "../../api/statuses.ts";
import type { ExecutionRow, UnitOfWork } from "../../storage/index.ts";
import { parentsOf } from "./family.ts";
import { deploymentStatus, installationStatus, latestExecutionStatus } from "./statuses.ts";
import { recalculateUpwards } from "./sub-deployments.ts";

/** Brings a deployment's statuses, and those of the environments it lives in, up to date after one of its executions changed to `status`. */
export async function refreshDeploymentStatus(
  tx: UnitOfWork,
  { id, tenant_name, deployment_id, workflow_id }: ExecutionRow,
  status: ExecutionStatus,
): Promise<void> {
  if (!deployment_id) return;
  const deployment = await tx.deployments.get(tenant_name, deployment_id);
  if (!deployment) return;
  const takesOver = status === "started" || status.endsWith("cancelling") || isFinal(status);
  const latest = takesOver ? id : deployment.latest_execution;
  const latestStatus = latest === id ? status : deployment.latest_execution_status;
  const installation =
    workflow_id === "delete_deployment_environment"
      ? deployment.installation_status
      : installationStatus([...(await tx.nodeInstances.countByState(tenant_name, deployment_id)).keys()]);
  await tx.deployments.update(tenant_name, deployment_id, {
    latest_execution: latest,
    installation_status: installation,
    deployment_status:
      status === "started"
        ? "in_progress"
        : deploymentStatus(
            latestExecutionStatus(latestStatus),
            installation,
            deployment.sub_services_status,
            deployment.sub_environments_status,
          ),
  });
  await recalculateUpwards(
    tx,
    tenant_name,
    (await parentsOf(tx, tenant_name, [deployment_id])).get(deployment_id) ?? [],
  );
}
