import type { Database, ExecutionRow, InterDeploymentDependencyRow } from "../../storage/index.ts";
import type { Evaluate, FunctionContext } from "../functions/execution-evaluator.ts";
import { refreshConsumers } from "./consumers.ts";
import { refuseCycle } from "./dependents.ts";

/**
 * Finds out what an execution's deployment depends on, now that the execution has done its work. Answers what went
 * wrong, if anything: the execution has failed by it then, and its log says so.
 */
export async function resolveTargetsAfter(
  database: Database,
  execution: ExecutionRow,
  evaluate: Evaluate,
): Promise<string | null> {
  const { id, tenant_name, deployment_id: deploymentId, blueprint_id, is_dry_run, workflow_id } = execution;
  if (deploymentId === null || is_dry_run || workflow_id === "delete_deployment_environment") return null;
  try {
    await resolveTargets(database, { tenant: tenant_name, deploymentId }, evaluate);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Updating the dependencies of deployment ${deploymentId} failed: ${reason}`;
    await database.unitOfWork(async (tx) => {
      const owner = { tenant_name, execution_id: id, deployment_id: deploymentId, blueprint_id, workflow_id };
      const line = { type: "cloudify_log" as const, level: "error", logger: `ctx.${id}`, timestamp: tx.now(), message };
      await tx.events.append([{ ...owner, ...line }], tx.now());
      tx.publish(`execution:${id}`);
    });
    return message;
  }
}

/**
 * Asks the functions that tell on what a deployment depends once more: an execution may have set the attributes that
 * they read. One that tells nothing yet leaves its dependency as it is.
 * @throws conflict_error for a circle, and what the evaluation throws
 */
async function resolveTargets(
  { read, unitOfWork }: Database,
  { tenant, deploymentId }: { tenant: string; deploymentId: string },
  evaluate: Evaluate,
): Promise<void> {
  const rows = await read.interDeploymentDependencies.ofSources(tenant, [deploymentId]);
  const moved: { row: InterDeploymentDependencyRow; target: string }[] = [];
  for (const row of rows) {
    if (row.target_deployment_func === null || row.external_target !== null) continue;
    const { function: call = null, context } = row.target_deployment_func;
    const target = await evaluate(call, (context ?? {}) as FunctionContext);
    if (typeof target !== "string" || target === row.target_deployment_id) continue;
    if (await read.deployments.get(tenant, target, ["id"])) moved.push({ row, target });
  }
  if (moved.length === 0) return;
  await unitOfWork(async (tx) => {
    for (const { row, target } of moved) {
      await refuseCycle(tx, tenant, deploymentId, target);
      await tx.interDeploymentDependencies.update(tenant, row.id, { target_deployment_id: target });
    }
    const left = moved.flatMap(({ row }) => row.target_deployment_id ?? []);
    await refreshConsumers(tx, tenant, [...left, ...moved.map(({ target }) => target)]);
  });
}
