import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { InterDeploymentDependency } from "../../api/deployment-changes.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { InterDeploymentDependencyRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { found, notFound, Refusal } from "../refusal.ts";
import { refreshConsumers } from "./consumers.ts";
import { refuseCycle } from "./dependents.ts";
import { dependencyView } from "./view.ts";

export interface NewDependency {
  id?: string;
  /** `component.<instance>`, `sharedresource.<instance>`, or the place of a function in the blueprint. */
  creator: string;
  target?: string;
  /** What tells the target, when that is only known at run time. */
  targetFunction?: JsonObject;
  /** The one side or the other is on another manager. */
  externalSource?: JsonObject;
  externalTarget?: JsonObject;
}

interface Source {
  tenant_name: string;
  id: string;
  visibility: Visibility;
}

/**
 * Says that a deployment needs another, until it is said that it does no more.
 * @throws not_found_error for a deployment that does not exist, conflict_error when each would need the other
 */
export async function createDependency(
  tx: UnitOfWork,
  who: Identity,
  sourceId: string,
  dependency: NewDependency,
): Promise<InterDeploymentDependency> {
  authorize(who, "inter_deployment_dependency_create");
  const { target, targetFunction, externalSource, externalTarget } = dependency;
  const isLocal = !externalSource && !externalTarget;
  if (!externalSource && !(await tx.deployments.get(who.tenant, sourceId, ["id"]))) {
    throw new Refusal("not_found_error", `Given source deployment with ID \`${sourceId}\` does not exist.`);
  }
  const isThere = target !== undefined && (await tx.deployments.get(who.tenant, target, ["id"])) !== undefined;
  if (isLocal && !targetFunction && !isThere) {
    throw new Refusal(
      "not_found_error",
      `Given target deployment with ID \`${target ?? null}\` does not exist. Also the target deployment function has not been provided`,
    );
  }
  const source = externalSource ? undefined : await visibleDeployment(tx, who, sourceId);
  const [id] = await insertDependencies(tx, who, source, [dependency]);
  await recordChange(tx, who, "inter_deployment_dependencies", String(id), "create");
  return dependencyView(
    found(await tx.interDeploymentDependencies.get(who.tenant, String(id)), "InterDeploymentDependencies", String(id)),
  );
}

/** The same for several at once. A target that does not exist is left open. Answers their ids. */
export async function createDependencies(
  tx: UnitOfWork,
  who: Identity,
  sourceId: string,
  dependencies: readonly NewDependency[],
): Promise<string[]> {
  authorize(who, "inter_deployment_dependency_create");
  const source = dependencies[0]?.externalSource ? undefined : await visibleDeployment(tx, who, sourceId);
  return insertDependencies(tx, who, source, dependencies);
}

/** Puts these in the place of all that the deployment has had. Answers their ids. */
export async function replaceDependencies(
  tx: UnitOfWork,
  who: Identity,
  sourceId: string,
  dependencies: readonly NewDependency[],
): Promise<string[]> {
  authorize(who, "inter_deployment_dependency_create");
  const source = await visibleDeployment(tx, who, sourceId);
  await removeDependenciesOf(tx, source);
  return insertDependencies(tx, who, source, dependencies);
}

/** @throws not_found_error */
export async function deleteDependency(
  tx: UnitOfWork,
  who: Identity,
  sourceId: string,
  { creator, target, externalSource, isComponentDeletion }: NewDependency & { isComponentDeletion: boolean },
): Promise<void> {
  authorize(who, "inter_deployment_dependency_delete");
  const candidates = externalSource
    ? await tx.interDeploymentDependencies.ofTargets(who.tenant, target === undefined ? [] : [target])
    : await tx.interDeploymentDependencies.ofSources(who.tenant, [sourceId]);
  // A component's deployment is gone by the time its creator lets go of it, and with it the name of the target.
  const isMeant = (row: InterDeploymentDependencyRow) =>
    row.dependency_creator === creator &&
    (row.target_deployment_id === (target ?? null) || (isComponentDeletion && row.target_deployment_id === null)) &&
    (!externalSource || isDeepStrictEqual(row.external_source, externalSource));
  const row = candidates.find(isMeant);
  if (!row) throw notFound("InterDeploymentDependencies", "None", { dependency_creator: creator });
  await tx.interDeploymentDependencies.remove(row.tenant_name, row.id);
  await refreshConsumers(tx, row.tenant_name, row.target_deployment_id === null ? [] : [row.target_deployment_id]);
  await recordChange(tx, who, "inter_deployment_dependencies", row.id, "delete");
}

/** Nothing is known any more of what a deployment needs. */
async function removeDependenciesOf(tx: UnitOfWork, { tenant_name: tenant, id }: Source): Promise<void> {
  const rows = await tx.interDeploymentDependencies.ofSources(tenant, [id]);
  await tx.interDeploymentDependencies.removeOfSource(tenant, id);
  await refreshConsumers(tx, tenant, targetsOf(rows));
}

/** @param source undefined when it is on another manager. @throws conflict_error for a circle */
export async function insertDependencies(
  tx: UnitOfWork,
  { tenant, username }: Pick<Identity, "tenant" | "username">,
  source: Source | undefined,
  dependencies: readonly NewDependency[],
): Promise<string[]> {
  const ids: string[] = [];
  const targets = new Set<string>();
  for (const dependency of dependencies) {
    const { id = randomUUID(), creator, target, targetFunction, externalSource, externalTarget } = dependency;
    const isThere = target !== undefined && (await tx.deployments.get(tenant, target, ["id"])) !== undefined;
    if (isThere && source && !externalTarget) await refuseCycle(tx, tenant, source.id, target);
    await tx.interDeploymentDependencies.insert({
      id,
      tenant_name: tenant,
      visibility: source?.visibility ?? "tenant",
      created_by: username,
      created_at: tx.now(),
      dependency_creator: creator,
      source_deployment_id: source?.id ?? null,
      target_deployment_id: isThere ? target : null,
      target_deployment_func: targetFunction ?? null,
      external_source: externalSource ?? null,
      external_target: externalTarget ?? null,
    });
    ids.push(id);
    if (isThere) targets.add(target);
  }
  await refreshConsumers(tx, tenant, [...targets]);
  return ids;
}

export const targetsOf = (rows: readonly InterDeploymentDependencyRow[]): string[] => [
  ...new Set(rows.flatMap(({ target_deployment_id }) => target_deployment_id ?? [])),
];
