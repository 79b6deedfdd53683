import type { Json, JsonObject } from "../../api/resources.ts";
import { startExecution } from "../../services/executions/start.ts";
import type { DeploymentRow, InterDeploymentDependencyRow } from "../../storage/index.ts";
import { LogOfAnother } from "./log-of-another.ts";
import { CallAgain, objectOf, resourceConfig, store, textOf, type Work } from "./work.ts";

/** Seconds, unless the operation's input `timeout` says otherwise. */
const PATIENCE = 1800;

/** The deployment that the node has made, or is to make. */
export function otherDeploymentId(work: Work): string {
  const made = objectOf(work.subject.instance.runtimeProperties["deployment"])["id"];
  const asked = objectOf(resourceConfig(work)["deployment"])["id"];
  return textOf(made) ?? textOf(asked) ?? work.subject.instance.id;
}

/** @throws Error when there is no such deployment */
export async function otherDeployment({ surroundings, job }: Work, id: string): Promise<DeploymentRow> {
  const row = await surroundings.database.read.deployments.get(job.tenant, id);
  if (row) return row;
  throw new Error(`the deployment ${id} does not exist on tenant ${job.tenant}`);
}

/** What this deployment depends on. */
export const dependencies = ({ surroundings, job }: Work): Promise<InterDeploymentDependencyRow[]> =>
  surroundings.database.read.interDeploymentDependencies.ofSources(job.tenant, [job.deployment.id]);

/** Whether this deployment depends on another by `creator`, be that other one there or not. */
export const isTied = async (work: Work, creator: string): Promise<boolean> =>
  (await dependencies(work)).some(({ dependency_creator }) => dependency_creator === creator);

/** Waits until nothing runs on a deployment. @throws CallAgain when that takes too long */
export async function untilIdle(work: Work, deploymentId: string): Promise<void> {
  const { read } = work.surroundings.database;
  const running = [
    ...(await read.executions.active(work.job.tenant, deploymentId)),
    ...(await read.executions.queued(work.job.tenant, deploymentId)),
  ];
  const ids = running.map(({ id }) => id);
  if (!(await ended(work, ids))) throw new CallAgain(`The "${deploymentId}" deployment is not ready for execution.`);
}

/**
 * Runs a workflow on another deployment to its end. The execution has the id of the operation's own task: whoever
 * takes over finds it, and waits for it instead of starting another.
 * @throws Error when it does not end well, or in time
 */
export async function runWorkflow(work: Work, deploymentId: string, workflowId: string, how: JsonObject = {}) {
  const { surroundings, job, who, host } = work;
  const { database } = surroundings;
  const id = job.taskId;
  if (!(await database.read.executions.get(id))) {
    host.log("info", `Starting execution of ${workflowId} for "${deploymentId}" deployment`);
    await database.unitOfWork((tx) =>
      startExecution(tx, who, {
        id,
        deploymentId,
        workflowId,
        parameters: objectOf(how["parameters"]),
        allowCustomParameters: how["allow_custom_parameters"] === true,
        force: how["force"] === true,
        queue: how["queue"] === true,
        dryRun: how["dry_run"] === true,
        waitAfterFail: Number(how["wait_after_fail"] ?? 600),
      }),
    );
  }
  await untilTerminated(work, id, `${workflowId} of deployment ${deploymentId}`);
}

/** Waits for an execution, and tells in this one's log what that one says. @throws Error when it does not end well, or in time */
export async function untilTerminated(work: Work, id: string, what: string): Promise<void> {
  const log = new LogOfAnother(work, id);
  const inTime = await ended(work, [id], log);
  const execution = await work.surroundings.database.read.executions.get(id);
  if (!inTime) throw new Error(`the execution ${id} of ${what} takes longer than ${patience(work)} seconds`);
  if (execution?.status === "terminated") return;
  const reason = execution?.error ? `: ${execution.error}` : "";
  throw new Error(`the execution ${id} of ${what} is ${execution?.status ?? "gone"}${reason}`);
}

/** False when time was up before. */
export async function ended(work: Work, ids: readonly string[], log?: LogOfAnother): Promise<boolean> {
  const { surroundings, job, killed } = work;
  const over = new AbortController();
  const tooLate = new AbortController();
  const limit = patience(work);
  if (limit >= 0) {
    surroundings.clock.sleep(limit * 1000, over.signal).then(
      () => tooLate.abort(),
      () => undefined,
    );
  }
  const unfollow = log?.follow();
  try {
    await surroundings.others.ended(job.executionId, ids, AbortSignal.any([killed, tooLate.signal]));
    return true;
  } catch (error) {
    if (tooLate.signal.aborted && !killed.aborted) return false;
    throw error;
  } finally {
    over.abort();
    await unfollow?.();
  }
}

/** In seconds; below zero is for ever. */
const patience = ({ job }: Work): number =>
  typeof job.inputs["timeout"] === "number" ? job.inputs["timeout"] : PATIENCE;

/** Keeps what another deployment offers in this node's runtime properties. */
export async function storeCapabilities(work: Work, deploymentId: string): Promise<void> {
  work.host.log("info", `Fetching "${deploymentId}" deployment capabilities..`);
  await store(work, { capabilities: await capabilitiesOf(work, deploymentId) });
}

export const capabilitiesOf = ({ surroundings, job }: Work, deployment_id: string): Promise<JsonObject> =>
  surroundings.capabilities({ tenant_name: job.tenant, deployment_id });

/** The keys of two documents whose values are not the same. */
export function changedKeys(
  before: JsonObject,
  after: JsonObject,
  same: (one: Json, other: Json) => boolean,
): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !same(before[key] ?? null, after[key] ?? null));
}
