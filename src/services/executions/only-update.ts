import type { Repositories } from "../../storage/index.ts";
import type { Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";

const UPDATES: readonly string[] = ["update", "csys_new_deployment_update"];

/** What a deployment consists of is changed by an update of it alone, under its execution's token. @throws only_deployment_update */
export async function refuseUnlessUpdate(
  read: Repositories,
  { executionId }: Identity,
  deploymentId: string,
): Promise<void> {
  const execution = executionId ? await read.executions.get(executionId) : undefined;
  if (execution && UPDATES.includes(execution.workflow_id) && execution.deployment_id === deploymentId) return;
  throw new Refusal(
    "only_deployment_update",
    `Only an update of the deployment ${deploymentId} may do this: start one with \`cfy deployments update\``,
  );
}
