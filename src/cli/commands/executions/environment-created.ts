import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution } from "../../follow/index.ts";

const ENVIRONMENT_WORKFLOW = "create_deployment_environment";

/**
 * Waits until the environment of a deployment is there.
 * @param timeout in seconds; 0: no limit
 * @throws CfyError it was not created, or not in time
 */
export async function environmentCreated(
  ctx: Context,
  client: Client,
  deploymentId: string,
  timeout = 0,
): Promise<void> {
  const { items } = await client.executions.page({
    _include_system_workflows: false,
    deployment_id: deploymentId,
    workflow_id: ENVIRONMENT_WORKFLOW,
    _sort: "-created_at",
  });
  const [creation] = items;
  if (!creation) return;
  const outcome = await awaitExecution(ctx, client, creation, { logs: false, showEvents: false, timeout });
  if (outcome.kind === "ended" && outcome.subject.status === "terminated") return;
  ctx.signal.throwIfAborted();
  if (outcome.kind === "timed-out") {
    throw new CfyError("timed_out", `The environment of ${deploymentId} is not there after ${timeout} seconds`, {
      exit: ExitCode.TimedOut,
      hint: ["Its creation goes on:", `cfy executions watch ${creation.id}`],
    });
  }
  const why = outcome.kind === "ended" && outcome.subject.error ? `: ${outcome.subject.error}` : "";
  throw new CfyError(
    "deployment_environment_creation_error",
    `The environment of ${deploymentId} was not created${why}`,
    {
      hint: [`cfy events list ${creation.id}`, `cfy deployments delete ${deploymentId} --force`],
    },
  );
}
