import type { Client } from "../../../client/index.ts";
import type { DeleteDeployment } from "../../../client/resources/deployments.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution, interruptedBy } from "../../follow/index.ts";

/** How long the deletion of an environment may take before it is not waited for any more. */
export const DELETION_SECONDS = 900;

interface Deletion extends DeleteDeployment {
  /** In seconds. */
  timeout?: number;
  wait?: boolean;
  /** False: it is one of many. */
  showProgress?: boolean;
}

/**
 * Deletes a deployment and waits until it is gone: an execution does the work, and vanishes with it.
 * @throws CfyError the deletion failed, or takes too long and goes on
 */
export async function deleteDeployment(
  ctx: Context,
  client: Client,
  id: string,
  { timeout = DELETION_SECONDS, wait = true, showProgress = true, ...request }: Deletion = {},
): Promise<void> {
  await client.deployments.delete(id, request);
  if (!wait) return;
  const { items } = await client.executions.page({
    _include_system_workflows: false,
    deployment_id: id,
    workflow_id: "delete_deployment_environment",
    _sort: "-created_at",
  });
  const [deletion] = items;
  if (!deletion) return;
  const outcome = await awaitExecution(ctx, client, deletion, {
    logs: false,
    showEvents: false,
    showProgress,
    timeout,
  });
  switch (outcome.kind) {
    case "gone":
      return;
    case "ended": {
      const { status, error } = outcome.subject;
      if (status === "terminated") return;
      throw new CfyError("deletion_failed", `The deployment ${id} was not deleted: ${error || status}`, {
        hint: [`cfy events list ${deletion.id}`, `cfy deployments delete ${id} --force`],
      });
    }
    case "timed-out":
      throw goesOn(id, ExitCode.TimedOut, `is not deleted after ${timeout} seconds`);
    case "detached":
      throw goesOn(id, interruptedBy(ctx), "is still being deleted");
  }
}

const goesOn = (id: string, exit: ExitCode, how: string): CfyError =>
  new CfyError("deletion_goes_on", `The deployment ${id} ${how}; its deletion goes on`, {
    exit,
    hint: "cfy deployments list",
  });
