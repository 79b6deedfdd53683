import { rm } from "node:fs/promises";
import { Refusal } from "../../services/refusal.ts";
import { cancelled, type ExecutionEnd, failedBecause, terminated } from "../execution/execution-end.ts";
import { deleteServices } from "../execution/services.ts";
import type { Workflow, WorkflowParts } from "../execution/workflow.ts";

/** Takes away what a deployment has besides its rows, and before that its services, if asked to; the rows go when the execution ends. */
export const deleteDeploymentEnvironment: Workflow = async (parts) => {
  await parts.begins();
  const { execution, surroundings } = parts;
  if (execution.parameters["recursive"] === true) {
    const end = await withoutServices(parts);
    if (end.status !== "terminated") return end;
  }
  const [tenant, id] = [execution.tenant_name, execution.deployment_id ?? ""];
  await rm(surroundings.home.deployment(tenant, id), { recursive: true, force: true });
  await rm(surroundings.home.temporary(tenant, id), { recursive: true, force: true });
  return terminated;
};

async function withoutServices(parts: WorkflowParts): Promise<ExecutionEnd> {
  const { execution, control } = parts;
  try {
    const left = await deleteServices(parts);
    if (left.length === 0 || execution.parameters["force"] === true) return terminated;
    return failedBecause(`Services of ${execution.deployment_id} could not be deleted: ${left.join(", ")}`);
  } catch (error) {
    if (control.request !== null) return cancelled;
    if (error instanceof Refusal) return failedBecause(error.message);
    throw error;
  }
}
