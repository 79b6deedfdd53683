import { isActive } from "../../api/statuses.ts";
import type { ExecutionRow, UnitOfWork } from "../../storage/index.ts";
import { deploymentShape } from "../deployments/shape.ts";
import { isMaintenanceActivated } from "../maintenance/state.ts";
import { Refusal } from "../refusal.ts";
import { validateAvailability } from "./availability.ts";
import { chooseQueued, MAXIMUM_ROUNDS, type QueuedExecution } from "./choose-queued.ts";
import { validateEnvironment } from "./environment.ts";
import { isBlocking } from "./internal-workflows.ts";
import { mergedParameters, startOnComponents } from "./start.ts";
import { workflowOf } from "./workflow-of.ts";

const DELETE_ENVIRONMENT = "delete_deployment_environment";

/** Lets executions out of the queue that have room to run now. */
export async function dequeueExecutions(tx: UnitOfWork): Promise<void> {
  if (await isMaintenanceActivated(tx)) return;
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const chosen = await choose(tx);
    if (chosen.length === 0) return;
    let refused = 0;
    for (const execution of chosen) if (!(await release(tx, execution))) refused++;
    if (refused === 0) return;
  }
}

async function choose(tx: UnitOfWork): Promise<ExecutionRow[]> {
  const [queued, active] = [await tx.executions.allQueued(), await tx.executions.allActive()];
  if (queued.length === 0 || active.some(({ workflow_id }) => isBlocking(workflow_id))) return [];
  // One that runs alone lets nothing else begin until all that runs has ended.
  if (active.length > 0 && queued.some(({ is_system_workflow }) => is_system_workflow)) return [];
  const { groupsOf, groupRoom } = await groups(tx, queued);
  const keyed = new Map(queued.map((execution) => [execution.id, execution]));
  const chosen = chooseQueued(
    queued.map(
      (execution): QueuedExecution => ({
        ...execution,
        deployment_id: deploymentKey(execution),
        groups: groupsOf.get(execution.id) ?? [],
      }),
    ),
    {
      busyDeployments: new Set(active.map(deploymentKey).filter((key) => key !== null)),
      activeCount: active.length,
      groupRoom,
    },
  );
  return chosen.flatMap((id) => keyed.get(id) ?? []);
}

/** The groups of queued executions, and how many more each of them may run. */
async function groups(tx: UnitOfWork, queued: readonly ExecutionRow[]) {
  const groupsOf = new Map<string, string[]>();
  const groupRoom = new Map<string, number>();
  for (const { id } of queued) {
    const own = await tx.executionGroups.ofExecution(id);
    groupsOf.set(
      id,
      own.map((group) => group.id),
    );
    for (const group of own) {
      if (groupRoom.has(group.id)) continue;
      const members = await tx.executionGroups.members([group.id]);
      groupRoom.set(group.id, group.concurrency - members.filter(({ status }) => isActive(status)).length);
    }
  }
  return { groupsOf, groupRoom };
}

const deploymentKey = ({ tenant_name, deployment_id }: ExecutionRow): string | null =>
  deployment_id === null ? null : `${tenant_name}/${deployment_id}`;

/** False when its turn came but it could not run; it has failed then, and the reason stands in its error. */
async function release(tx: UnitOfWork, execution: ExecutionRow): Promise<boolean> {
  try {
    await tx.executions.update(execution.id, { status: "pending", parameters: await parametersNow(tx, execution) });
    await cascade(tx, execution);
    tx.publish("queue", `execution:${execution.id}`);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await tx.executions.update(execution.id, {
      status: "failed",
      error: `Error dequeueing execution: ${error.message}`,
      ended_at: tx.now(),
    });
    tx.publish(`execution:${execution.id}`);
    return false;
  }
}

async function cascade(tx: UnitOfWork, execution: ExecutionRow): Promise<void> {
  const { tenant_name, deployment_id, workflow_id, parameters, created_by } = execution;
  const deployment = deployment_id ? await tx.deployments.get(tenant_name, deployment_id) : undefined;
  if (!deployment || !workflowOf(deployment, workflow_id)?.is_cascading) return;
  const request = {
    workflowId: workflow_id,
    parameters,
    allowCustomParameters: execution.allow_custom_parameters,
    force: execution.force,
    queue: true,
    dryRun: execution.is_dry_run,
    waitAfterFail: execution.wait_after_fail,
  };
  await startOnComponents(tx, { username: created_by, tenant: tenant_name }, request, deployment);
}

/** What was right when it was queued may be wrong by now: the rules are asked again. */
async function parametersNow(tx: UnitOfWork, execution: ExecutionRow) {
  const { tenant_name, deployment_id, workflow_id, parameters, allow_custom_parameters, force, resume } = execution;
  const deployment = deployment_id ? await tx.deployments.get(tenant_name, deployment_id) : undefined;
  const isOfEnvironment = deployment?.create_execution === execution.id || workflow_id === DELETE_ENVIRONMENT;
  if (!deployment || isOfEnvironment) return parameters;
  await validateEnvironment(tx, deployment);
  const workflow = workflowOf(deployment, workflow_id);
  if (workflow && !force && !resume) validateAvailability(workflow, await deploymentShape(tx, deployment));
  return mergedParameters(tx, deployment, workflow, { parameters, allowCustomParameters: allow_custom_parameters });
}
