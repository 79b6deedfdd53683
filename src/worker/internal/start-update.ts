import type { JsonObject } from "../../api/resources.ts";
import { flagsIn } from "../../services/deployment-updates/flags.ts";
import { initiateUpdate } from "../../services/deployment-updates/initiate.ts";
import { identifyExecution } from "../../services/identity/authenticate.ts";
import { Refusal } from "../../services/refusal.ts";
import { failedBecause, terminated } from "../execution/execution-end.ts";
import type { Workflow } from "../execution/workflow.ts";

/** Starts the update of the deployment that it runs on, and does not wait for it: a group of these updates many. */
export const startUpdate: Workflow = async ({ execution, surroundings, rows, begins }) => {
  await begins();
  const { database, journal } = surroundings;
  const { deployment_id: deploymentId, parameters, tenant_name: tenant } = execution;
  if (deploymentId === null) return failedBecause("An update needs a deployment");
  // The worker that had begun this may have started it.
  const id = `${deploymentId}-${execution.id}`;
  if (await database.read.deploymentUpdates.get(tenant, id)) return terminated;
  const { blueprint_id: blueprintId, inputs } = parameters;
  const request = {
    id,
    inputs: (inputs ?? {}) as JsonObject,
    ...(typeof blueprintId === "string" && blueprintId ? { blueprintId } : {}),
  };
  try {
    const who = await identifyExecution(database, execution);
    await database.unitOfWork((tx) =>
      initiateUpdate(tx, who, deploymentId, { ...request, flags: flagsIn(parameters) }),
    );
  } catch (error) {
    if (error instanceof Refusal) return failedBecause(error.message);
    throw error;
  }
  await journal.write([
    { kind: "event", event: rows.log("info", `Started update of deployment ${deploymentId}: ${id}`) },
  ]);
  return terminated;
};
