import type { Repositories } from "../../storage/index.ts";

/** Names the environment that a deployment belongs to. */
export const PARENT_LABEL = "csys-obj-parent";

/** The parents of deployments, by their labels. */
export async function parentsOf(
  read: Repositories,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const labels = await read.deploymentLabels.of(tenant, ids);
  return new Map(
    [...labels].map(([id, own]) => [id, own.filter(({ key }) => key === PARENT_LABEL).map(({ value }) => value)]),
  );
}

/** The ids of the deployments that live directly in these. */
export async function childrenOf(read: Repositories, tenant: string, ids: readonly string[]): Promise<string[]> {
  const holders = await read.deploymentLabels.holders(tenant, PARENT_LABEL, ids);
  return [...new Set(holders.map(({ resource_id }) => resource_id))];
}

/** Everything that lives in a deployment, however deep. */
export async function descendantsOf(read: Repositories, tenant: string, id: string): Promise<Set<string>> {
  const found = new Set<string>();
  let generation = [id];
  while (generation.length > 0) {
    generation = (await childrenOf(read, tenant, generation)).filter((child) => !found.has(child));
    for (const child of generation) found.add(child);
  }
  return found;
}

/** These deployments and all they live in, each before its own parents. */
export async function upwards(read: Repositories, tenant: string, ids: readonly string[]): Promise<string[]> {
  const parents = new Map<string, string[]>();
  let generation: readonly string[] = [...new Set(ids)];
  while (generation.length > 0) {
    const above = await parentsOf(read, tenant, generation);
    for (const [id, own] of above) parents.set(id, own);
    generation = [...new Set([...above.values()].flat())].filter((id) => !parents.has(id));
  }
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const parent of parents.get(id) ?? []) visit(parent);
    order.unshift(id);
  };
  for (const id of ids) visit(id);
  return order;
}
