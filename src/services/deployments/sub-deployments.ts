import type { DeploymentStatus } from "../../api/resources.ts";
import type { DeploymentRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { childrenOf, upwards } from "./family.ts";
import { deploymentStatus, latestExecutionStatus, worst } from "./statuses.ts";

/** What lives in a deployment: how many there are of a kind, and how the worst of them is. */
export interface SubDeployments {
  sub_services_count: number;
  sub_services_status: DeploymentStatus | null;
  sub_environments_count: number;
  sub_environments_status: DeploymentStatus | null;
}

type Child = Pick<DeploymentRow, "id" | "deployment_status" | keyof SubDeployments>;

const CHILD_FIELDS = [
  "id",
  "deployment_status",
  "sub_services_count",
  "sub_services_status",
  "sub_environments_count",
  "sub_environments_status",
];

/**
 * Brings what deployments tell of those that live in them up to date, and with it their own status: of these, and of
 * all that they live in.
 */
export async function recalculateUpwards(tx: UnitOfWork, tenant: string, ids: readonly string[]): Promise<void> {
  for (const id of await upwards(tx, tenant, ids)) {
    const [row] = await tx.deployments.named(tenant, [id], ["latest_execution_status", "installation_status"]);
    if (!row) continue;
    const below = await subDeployments(tx, tenant, id, { deep: true });
    await tx.deployments.update(tenant, id, {
      ...below,
      deployment_status: deploymentStatus(
        latestExecutionStatus(row.latest_execution_status),
        row.installation_status,
        below.sub_services_status,
        below.sub_environments_status,
      ),
    });
  }
}

/** With `deep` it counts what the children tell of their own children, too. */
export async function subDeployments(
  read: Repositories,
  tenant: string,
  id: string,
  { deep }: { deep: boolean },
): Promise<SubDeployments> {
  const children = await read.deployments.named(tenant, await childrenOf(read, tenant, [id]), CHILD_FIELDS);
  const labels = await read.deploymentLabels.of(
    tenant,
    children.map((child) => child.id),
  );
  const isEnvironment = (child: Child) =>
    labels.get(child.id)?.some(({ key, value }) => key === "csys-obj-type" && value === "environment") ?? false;
  const [environments, services] = [children.filter(isEnvironment), children.filter((child) => !isEnvironment(child))];
  const below = deep ? children : [];
  return {
    sub_services_count: services.length + sum(below.map(({ sub_services_count }) => sub_services_count)),
    sub_services_status: worst([
      ...services.map(({ deployment_status }) => deployment_status),
      ...below.map(({ sub_services_status }) => sub_services_status),
    ]),
    sub_environments_count:
      environments.length + sum(below.map(({ sub_environments_count }) => sub_environments_count)),
    sub_environments_status: worst([
      ...environments.map(({ deployment_status }) => deployment_status),
      ...below.map(({ sub_environments_status }) => sub_environments_status),
    ]),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
