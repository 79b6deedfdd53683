import type { DeploymentUpdate } from "../../../api/deployment-changes.ts";
import { type Client, RestError } from "../../../client/index.ts";
import type { UpdateDeployment } from "../../../client/resources/deployment-changes.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { type FollowExecutionOptions, followExecution } from "../../follow/index.ts";
import { sentOnce } from "../../sent-once.ts";
import { showStarted } from "../executions/show-started.ts";
import { showUpdate } from "./update-columns.ts";

/** Updates a deployment and follows the execution that does it; a preview is only shown. */
export async function updateDeployment(
  ctx: Context,
  client: Client,
  deploymentId: string,
  request: UpdateDeployment,
  { detach = false, ...showing }: FollowExecutionOptions & { detach?: boolean },
): Promise<ExitCode> {
  const update = await startUpdate(ctx, client, deploymentId, request);
  if (request.preview) {
    await refuseFailed(client, update);
    await showUpdate(ctx, update, { reinstallList: request.reinstall_list ?? [] });
    return ExitCode.Ok;
  }
  const execution = await client.executions.get(update.execution_id ?? "");
  const code = detach ? await showStarted(ctx, execution) : await followExecution(ctx, client, execution, showing);
  ctx.notice(`  cfy deployments get-update ${update.id}`);
  return code;
}

/** Starts an update, or finds it when the answer was lost. */
export const startUpdate = (
  ctx: Context,
  client: Client,
  deploymentId: string,
  request: UpdateDeployment,
): Promise<DeploymentUpdate> =>
  sentOnce(ctx, {
    doing: `updating ${deploymentId}`,
    send: () => client.deploymentUpdates.start(deploymentId, request, { signal: ctx.signal }),
    async find(since) {
      const query = { deployment_id: deploymentId, _sort: "-created_at", _size: 1 };
      const { items } = await client.deploymentUpdates.page(query);
      return items.find(({ created_at }) => created_at >= since);
    },
    look: `cfy deployments history -d ${deploymentId}`,
  }).catch((error) => {
    throw refusal(error, deploymentId);
  });

/** A preview that could not be made says why in its execution. */
async function refuseFailed(client: Client, update: { state: string; execution_id: string | null }): Promise<void> {
  if (update.state !== "failed" || !update.execution_id) return;
  const { id, error } = await client.executions.get(update.execution_id);
  throw new CfyError("preview_failed", `The update cannot be made: ${error || "its preview failed"}`, {
    hint: `cfy events list ${id}`,
  });
}

function refusal(error: unknown, deploymentId: string): unknown {
  if (!(error instanceof RestError)) return error;
  const details = { status: error.status, requestId: error.requestId, cause: error, exit: ExitCode.Conflict };
  if (error.code === "conflict_error") {
    const hint = [`cfy deployments history -d ${deploymentId}`, "or update it all the same with --force"];
    return new CfyError(error.code, error.message, { ...details, hint });
  }
  if (error.code === "dependent_exists_error") {
    return new CfyError(error.code, error.message, { ...details, hint: "--force updates it all the same" });
  }
  return error;
}
