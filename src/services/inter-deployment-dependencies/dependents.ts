import type { InterDeploymentDependencyRow, Repositories } from "../../storage/index.ts";
import { Refusal } from "../refusal.ts";

/** Dependencies on a deployment, and on those that depend on it: nearest first. */
export async function dependenciesOn(
  read: Repositories,
  tenant: string,
  id: string,
): Promise<InterDeploymentDependencyRow[]> {
  const found: InterDeploymentDependencyRow[] = [];
  const seen = new Set([id]);
  let generation = [id];
  while (generation.length > 0) {
    const dependencies = await read.interDeploymentDependencies.ofTargets(tenant, generation);
    found.push(...dependencies);
    const sources = dependencies.flatMap(({ source_deployment_id }) => source_deployment_id ?? []);
    generation = [...new Set(sources)].filter((source) => !seen.has(source));
    for (const source of generation) seen.add(source);
  }
  return found;
}

/** @throws conflict_error when the target depends on the source already */
export async function refuseCycle(read: Repositories, tenant: string, source: string, target: string): Promise<void> {
  const dependents = await dependenciesOn(read, tenant, source);
  if (source !== target && !dependents.some(({ source_deployment_id }) => source_deployment_id === target)) return;
  throw new Refusal("conflict_error", `cyclic dependency between deployments ${source} and ${target}`);
}
