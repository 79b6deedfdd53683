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

/** What a deployment depends on, directly or through others: nearest first. */
export async function dependencyTargets(read: Repositories, tenant: string, id: string): Promise<string[]> {
  const found = new Set<string>();
  let generation = [id];
  while (generation.length > 0) {
    const dependencies = await read.interDeploymentDependencies.ofSources(tenant, generation);
    const targets = dependencies.flatMap(({ target_deployment_id }) => target_deployment_id ?? []);
    generation = [...new Set(targets)].filter((target) => !found.has(target));
    for (const target of generation) found.add(target);
  }
  return [...found];
}

/** The deployments of a tenant that are components of others. */
export async function componentTargets(read: Repositories, tenant: string): Promise<string[]> {
  const components = await read.interDeploymentDependencies.ofComponents(tenant);
  return components.flatMap(({ target_deployment_id }) => target_deployment_id ?? []);
}

/** @throws conflict_error when the target depends on the source already */
export async function refuseCycle(read: Repositories, tenant: string, source: string, target: string): Promise<void> {
  const dependents = await dependenciesOn(read, tenant, source);
  if (source !== target && !dependents.some(({ source_deployment_id }) => source_deployment_id === target)) return;
  throw new Refusal("conflict_error", `cyclic dependency between deployments ${source} and ${target}`);
}
