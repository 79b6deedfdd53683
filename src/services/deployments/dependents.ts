import type { DeploymentRow, InterDeploymentDependencyRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { isComponent, sentence } from "../inter-deployment-dependencies/summary.ts";
import { Refusal } from "../refusal.ts";
import { childrenOf, upwards } from "./family.ts";

/** Workflows that take something away from whoever relies on the deployment. */
const DISRUPTIVE: readonly string[] = ["stop", "uninstall", "update", "csys_new_deployment_update", "heal"];

/** How many of a kind are named: whoever has a thousand services need not read of each. */
const NAMED = 3;

/**
 * A recursive run takes the services of the deployment along, so they do not stand in its way.
 * @throws dependent_exists_error listing what relies on the deployment
 */
export async function refuseWhileDependedOn(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  workflowId: string,
  { recursive = false } = {},
): Promise<void> {
  if (!DISRUPTIVE.includes(workflowId)) return;
  const dependents = await dependentsOf(tx, deployment, { children: recursive ? "none" : "services" });
  if (dependents.length === 0) return;
  throw new Refusal(
    "dependent_exists_error",
    `Can't execute workflow \`${workflowId}\` on deployment ${deployment.id} - existing installations depend on it:\n${numbered(dependents)}`,
  );
}

/**
 * What relies on a deployment, in sentences: those that depend on it, and those that live in it. Of the latter,
 * `services` leaves out its own components: they are part of it.
 */
export async function dependentsOf(
  read: Repositories,
  { tenant_name: tenant, id }: Pick<DeploymentRow, "tenant_name" | "id">,
  { children }: { children: "all" | "services" | "none" },
): Promise<string[]> {
  const below = children === "none" ? [] : await childrenOf(read, tenant, [id]);
  const components = new Set(
    (await read.interDeploymentDependencies.ofSources(tenant, [id]))
      .filter(({ dependency_creator }) => isComponent(dependency_creator))
      .map(({ target_deployment_id }) => target_deployment_id),
  );
  const shown = children === "all" ? below : below.filter((child) => !components.has(child));
  return [
    ...shown.slice(0, NAMED).map((child) => `Deployment \`${id}\` is the parent of deployment ${child}`),
    ...(await blockingDependencies(read, tenant, id, { recursive: children === "none" })).slice(0, NAMED).map(sentence),
  ];
}

/**
 * A component may be taken down while the deployment that made it is at work: it is the one that does it. Nor does
 * anything stand in the way that is taken down along with the deployment.
 */
async function blockingDependencies(read: Repositories, tenant: string, id: string, { recursive = false }) {
  const dependencies = await read.interDeploymentDependencies.ofTargets(tenant, [id]);
  if (dependencies.length === 0) return [];
  const going = new Set([...(recursive ? [id] : []), ...(await takenDownWithServices(read, tenant, id))]);
  const blocking: InterDeploymentDependencyRow[] = [];
  for (const dependency of dependencies) {
    const { source_deployment_id: source, dependency_creator } = dependency;
    const isAtWork =
      source !== null && isComponent(dependency_creator) && (await read.executions.active(tenant, source)).length > 0;
    const isGoing =
      source !== null && going.size > 0 && (await upwards(read, tenant, [source])).some((above) => going.has(above));
    if (!isAtWork && !isGoing) blocking.push(dependency);
  }
  return blocking;
}

/** Of a deployment and all that it lives in, those that are being uninstalled or deleted with all their services. */
async function takenDownWithServices(read: Repositories, tenant: string, id: string): Promise<string[]> {
  const found: string[] = [];
  for (const above of await upwards(read, tenant, [id])) {
    const running = await read.executions.active(tenant, above);
    if (running.some(({ parameters }) => parameters["recursive"] === true)) found.push(above);
  }
  return found;
}

export const numbered = (lines: readonly string[]): string =>
  lines.map((line, index) => `[${index + 1}] ${line}`).join("\n");
