import type { JsonObject } from "../../api/resources.ts";
import { isLive } from "../../api/statuses.ts";
import { deleteDeploymentGroup, putDeploymentGroup } from "../../services/deployment-groups/change.ts";
import { deleteDeployment } from "../../services/deployments/change.ts";
import { childrenOf, descendantsOf, upwards } from "../../services/deployments/family.ts";
import { startExecutionGroup } from "../../services/execution-groups/start.ts";
import { identifyExecution } from "../../services/identity/authenticate.ts";
import type { ExecutionRow, Repositories } from "../../storage/index.ts";
import type { ExecutionControl } from "./control.ts";
import type { WorkflowParts } from "./workflow.ts";

type Parts = Pick<WorkflowParts, "execution" | "surroundings" | "rows" | "control">;

/** As many services as are uninstalled at once. */
const CONCURRENCY = 5;

/**
 * Runs the execution's own workflow, with the same parameters, on all services of its deployment and on theirs, those
 * that depend on others first, and waits until each has ended. One that fails hinders none of the others.
 */
export async function uninstallServices(parts: Parts, parameters: JsonObject): Promise<void> {
  const { execution, surroundings } = parts;
  const { read } = surroundings.database;
  const tenant = execution.tenant_name;
  // After a restart it waits for what it has started before, and goes on with what is left.
  let round = 1;
  while (await roundEnded(parts, round)) round += 1;
  const services = await installedBelow(read, tenant, execution.deployment_id ?? "");
  if (services.length === 0) return;
  await tell(parts, "Uninstalling service deployments recursively");
  if (execution.is_dry_run) return tell(parts, `Service deployments to uninstall: ${services.join(", ")}`);
  const dependants = await dependantsAmong(read, tenant, services);
  for (let left = services; left.length > 0; round += 1) {
    const free = left.filter((service) => !left.some((other) => dependants.get(service)?.has(other)));
    const now = free.length > 0 ? free : left;
    await uninstallTogether(parts, parameters, now, round);
    left = left.filter((service) => !now.includes(service));
  }
  await tell(parts, "Service deployments uninstalled");
}

/** The services of a deployment; in the place of one of which nothing is installed, those of that one. */
async function installedBelow(read: Repositories, tenant: string, id: string): Promise<string[]> {
  const found = new Set<string>();
  for (const service of await childrenOf(read, tenant, [id])) {
    const instances = await read.nodeInstances.ofDeployment(tenant, service);
    const isInstalled = instances.some(({ state }) => isLive(state));
    for (const one of isInstalled ? [service] : await installedBelow(read, tenant, service)) found.add(one);
  }
  return [...found];
}

/** Services that are uninstalled together are a group of executions; the first of them bears no number. */
const roundId = ({ execution }: Parts, round: number): string =>
  round === 1 ? `${execution.id}_services` : `${execution.id}_services_${round}`;

const temporaryGroup = ({ deployment_id: id }: ExecutionRow): string => `${id}_services_uninstall`;

async function uninstallTogether(parts: Parts, parameters: JsonObject, deploymentIds: string[], round: number) {
  const { execution, surroundings } = parts;
  const { database } = surroundings;
  const groupId = temporaryGroup(execution);
  const who = await identifyExecution(database, execution);
  await database.unitOfWork(async (tx) => {
    await putDeploymentGroup(tx, who, groupId, { visibility: "tenant", members: { deploymentIds }, newMembers: [] });
    await startExecutionGroup(tx, who, {
      id: roundId(parts, round),
      deploymentGroupId: groupId,
      workflowId: execution.workflow_id,
      defaultParameters: { ...parameters, recursive: true },
      parameters: {},
      force: false,
      concurrency: CONCURRENCY,
    });
  });
  await roundEnded(parts, round);
}

/** Waits until all that was started together has ended. False when nothing was started under that number. */
async function roundEnded(parts: Parts, round: number): Promise<boolean> {
  const { execution, surroundings, control } = parts;
  const { database, others } = surroundings;
  const tenant = execution.tenant_name;
  const id = roundId(parts, round);
  if (!(await database.read.executionGroups.get(tenant, id))) return false;
  const members = await database.read.executionGroups.members([id]);
  await others.ended(
    execution.id,
    members.map((member) => member.id),
    stopped(control),
  );
  const who = await identifyExecution(database, execution);
  const groupId = temporaryGroup(execution);
  await database.unitOfWork(async (tx) => {
    const group = await tx.deploymentGroups.get(tenant, groupId);
    if (group) await deleteDeploymentGroup(tx, who, groupId, { deployments: undefined });
  });
  return true;
}

/** Of each service, which of the others depend on it, or on what lives in it. */
async function dependantsAmong(
  read: Repositories,
  tenant: string,
  services: readonly string[],
): Promise<Map<string, Set<string>>> {
  const dependants = new Map<string, Set<string>>();
  for (const service of services) {
    const inside = [service, ...(await descendantsOf(read, tenant, service))];
    const dependencies = await read.interDeploymentDependencies.ofTargets(tenant, inside);
    const sources = dependencies.flatMap(({ source_deployment_id: source }) => source ?? []);
    const homes = new Set(await upwards(read, tenant, sources));
    dependants.set(service, new Set(services.filter((other) => other !== service && homes.has(other))));
  }
  return dependants;
}

/** Deletes all services of a deployment, and theirs, and waits until they are gone. Answers those that are not. */
export async function deleteServices(parts: Parts): Promise<string[]> {
  const { execution, surroundings, control } = parts;
  const { database, others } = surroundings;
  const { tenant_name: tenant, parameters } = execution;
  const deploymentId = execution.deployment_id ?? "";
  const who = await identifyExecution(database, execution);
  const how = { force: parameters["force"] === true, deleteLogs: parameters["delete_logs"] === true, recursive: true };
  const services = await childrenOf(database.read, tenant, [deploymentId]);
  const started = await database.unitOfWork(async (tx) => {
    const ids: string[] = [];
    for (const service of services) ids.push((await deleteDeployment(tx, who, service, how)).id);
    return ids;
  });
  await others.ended(execution.id, started, stopped(control));
  return childrenOf(database.read, tenant, [deploymentId]);
}

const tell = ({ surroundings, rows }: Parts, message: string): Promise<void> =>
  surroundings.journal.write([{ kind: "event", event: rows.log("info", message) }]);

/** Aborted when the execution is asked to stop: what it has started goes on without it. */
function stopped(control: ExecutionControl): AbortSignal {
  const stop = new AbortController();
  control.follow(() => stop.abort());
  return stop.signal;
}
