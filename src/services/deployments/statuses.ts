import type { DeploymentStatus, InstallationStatus, LatestExecutionStatus } from "../../api/resources.ts";
import type { ExecutionStatus } from "../../api/statuses.ts";

const SEVERITY: readonly DeploymentStatus[] = ["good", "in_progress", "requires_attention"];

/** Installed means that every node instance is started; a deployment without any counts as installed. */
export const installationStatus = (instanceStates: readonly string[]): InstallationStatus =>
  instanceStates.every((state) => state === "started") ? "active" : "inactive";

/** What an execution's status says about its deployment; null for one that is only scheduled. */
export function latestExecutionStatus(status: ExecutionStatus | null): LatestExecutionStatus | null {
  switch (status) {
    case null:
    case "scheduled":
      return null;
    case "terminated":
      return "completed";
    case "failed":
    case "cancelled":
      return status;
    default:
      return "in_progress";
  }
}

/** The worst of several; null says nothing. */
export const worst = (statuses: readonly (DeploymentStatus | null)[]): DeploymentStatus | null =>
  statuses.reduce((worse, status) => (severity(status) > severity(worse) ? status : worse), null);

const severity = (status: DeploymentStatus | null): number => (status === null ? -1 : SEVERITY.indexOf(status));

/** Running counts before failing, failing before idling; then whichever of its parts is worse. */
export function deploymentStatus(
  latest: LatestExecutionStatus | null,
  installation: InstallationStatus,
  subServices: DeploymentStatus | null = null,
  subEnvironments: DeploymentStatus | null = null,
): DeploymentStatus {
  const own = ownStatus(latest, installation);
  return worst([own, subServices, subEnvironments]) ?? own;
}

function ownStatus(latest: LatestExecutionStatus | null, installation: InstallationStatus): DeploymentStatus {
  if (latest === "in_progress") return "in_progress";
  return latest === "failed" || installation === "inactive" ? "requires_attention" : "good";
}
