import type { UnitOfWork } from "../../storage/index.ts";
import type { DeploymentKey } from "./create-environment.ts";

/**
 * What a deployment leaves in the database besides its own rows, which go with it when the execution that deletes it
 * ends: the dependencies of others on it, and its own on others.
 */
export async function deleteEnvironment(tx: UnitOfWork, { tenant_name, id }: DeploymentKey): Promise<void> {
  await tx.interDeploymentDependencies.removeOfSource(tenant_name, id);
}
