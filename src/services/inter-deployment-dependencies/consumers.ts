import type { UnitOfWork } from "../../storage/index.ts";
import { childrenOf } from "../deployments/family.ts";
import { isComponent } from "./summary.ts";

/** Names a deployment that uses this one. Kept by the server alone. */
export const CONSUMER_LABEL = "csys-consumer-id";

/** Brings the consumers of deployments up to date: whoever depends on them, and whoever lives in them. */
export async function refreshConsumers(tx: UnitOfWork, tenant: string, ids: readonly string[]): Promise<void> {
  for (const { id, created_by } of await tx.deployments.named(tenant, ids, ["id", "created_by"])) {
    const dependencies = await tx.interDeploymentDependencies.ofTargets(tenant, [id]);
    const wanted = new Set(await childrenOf(tx, tenant, [id]));
    for (const { source_deployment_id: source, dependency_creator } of dependencies) {
      // A component is part of the deployment that made it, which is no consumer of it.
      if (source !== null && !isComponent(dependency_creator)) wanted.add(source);
    }
    const present = (await tx.deploymentLabels.of(tenant, [id])).get(id) ?? [];
    for (const { key, value } of present) {
      if (key === CONSUMER_LABEL && !wanted.has(value)) await tx.deploymentLabels.remove(tenant, id, key, value);
    }
    await tx.deploymentLabels.add(
      tenant,
      id,
      [...wanted].map((value) => ({ key: CONSUMER_LABEL, value, created_by, created_at: tx.now() })),
    );
  }
}
