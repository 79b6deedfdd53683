import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { Refusal } from "../refusal.ts";

/** Workflows that take something away from whoever relies on the deployment. */
const DISRUPTIVE: readonly string[] = ["stop", "uninstall", "update", "csys_new_deployment_update", "heal"];

/** @throws dependent_exists_error listing the deployments that rely on this one */
export async function refuseWhileDependedOn(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  workflowId: string,
): Promise<void> {
  if (!DISRUPTIVE.includes(workflowId)) return;
  const dependents = await dependentsOf(tx, deployment);
  if (dependents.length === 0) return;
  throw new Refusal(
    "dependent_exists_error",
    `Can't execute workflow \`${workflowId}\` on deployment ${deployment.id} - existing installations depend on it:\n${numbered(dependents)}`,
  );
}

/** Deployments that take capabilities from this one, or are its components. */
export async function dependentsOf(tx: UnitOfWork, { tenant_name, id }: DeploymentRow): Promise<string[]> {
  const rows = await tx.interDeploymentDependencies.ofTarget(tenant_name, id);
  return rows.map(
    ({ source_deployment_id, dependency_creator }) =>
      `Deployment \`${source_deployment_id}\` uses a shared resource from the current deployment (${dependency_creator})`,
  );
}

export const numbered = (lines: readonly string[]): string =>
  lines.map((line, index) => `  [${index + 1}] ${line}`).join("\n");
