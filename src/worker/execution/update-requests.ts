import type { JsonObject } from "../../api/resources.ts";
import { runUpdateFunction } from "../../services/deployment-updates/functions.ts";
import { instancesChangedBy, workflowParameters } from "../../services/deployment-updates/read.ts";
import { createUpdate } from "../../services/deployment-updates/record.ts";
import { identifyExecution } from "../../services/identity/authenticate.ts";
import { found } from "../../services/refusal.ts";
import type { Database, ExecutionRow } from "../../storage/index.ts";
import type { LocalCall, TaskOutcome, UpdateChanges } from "../../workflow/index.ts";
import { nonRecoverable, succeeded } from "../operations/outcome.ts";

/** What the program of a deployment update asks for. */
export async function readUpdate(
  { read }: Database,
  execution: ExecutionRow,
  updateId: string,
): Promise<UpdateChanges> {
  const { tenant_name, parameters } = execution;
  const update = found(await read.deploymentUpdates.get(tenant_name, updateId), "DeploymentUpdate", updateId);
  const instances = await read.nodeInstances.ofDeployment(tenant_name, update.deployment_id);
  const changes = instancesChangedBy(update, instances);
  return { ...changes, workflowParameters: workflowParameters(update, changes, parameters) };
}

/** Does a local task of the update workflow. Trying again would not help: a failure is for good. */
export async function runUpdateTask(
  database: Database,
  execution: ExecutionRow,
  call: LocalCall,
): Promise<TaskOutcome> {
  const updateId = String(call.kwargs["update_id"]);
  try {
    if (call.function === "create_update") {
      await createMissingUpdate(database, execution, updateId);
      return succeeded();
    }
    await database.unitOfWork((tx) => runUpdateFunction(tx, execution.tenant_name, call.function, updateId));
    return succeeded();
  } catch (error) {
    return nonRecoverable(error instanceof Error ? error.message : String(error));
  }
}

/** An update that was started like any other workflow is written down by itself. */
async function createMissingUpdate(database: Database, execution: ExecutionRow, updateId: string): Promise<void> {
  const { deployment_id, parameters, tenant_name: tenant } = execution;
  if (await database.read.deploymentUpdates.get(tenant, updateId)) return;
  const { blueprint_id: blueprintId, inputs = {}, runtime_only_evaluation } = parameters;
  const who = await identifyExecution(database, execution);
  await database.unitOfWork((tx) =>
    createUpdate(tx, who, updateId, {
      deploymentId: deployment_id ?? "",
      changedInputs: inputs as JsonObject,
      runtimeOnlyEvaluation: runtime_only_evaluation === true,
      ...(typeof blueprintId === "string" && blueprintId ? { blueprintId } : {}),
    }),
  );
}
