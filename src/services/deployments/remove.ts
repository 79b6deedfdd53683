import type { UnitOfWork } from "../../storage/index.ts";
import { targetsOf } from "../inter-deployment-dependencies/change.ts";
import { refreshConsumers } from "../inter-deployment-dependencies/consumers.ts";
import { parentsOf } from "./family.ts";
import { recalculateUpwards } from "./sub-deployments.ts";

/** Takes a deployment away with all that belongs to it, and tells those it was tied to. */
export async function removeDeployment(tx: UnitOfWork, tenant: string, id: string): Promise<void> {
  const parents = (await parentsOf(tx, tenant, [id])).get(id) ?? [];
  const dependencies = await tx.interDeploymentDependencies.ofSources(tenant, [id]);
  await tx.interDeploymentDependencies.removeOfSource(tenant, id);
  await tx.interDeploymentDependencies.forgetTarget(tenant, id);
  await tx.deployments.remove(tenant, id);
  await refreshConsumers(tx, tenant, [...parents, ...targetsOf(dependencies)]);
  await recalculateUpwards(tx, tenant, parents);
}
