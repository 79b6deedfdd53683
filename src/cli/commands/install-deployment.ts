import type { JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { Client } from "../../client/index.ts";
import type { Context } from "../context.ts";
import type { ExitCode } from "../exit-code.ts";
import { type FollowExecutionOptions, followExecution } from "../follow/index.ts";
import type { Label } from "../inputs/labels.ts";
import { createDeployment } from "./deployments/create-deployment.ts";
import { showStarted } from "./executions/show-started.ts";
import { startExecution } from "./executions/start-execution.ts";

interface WantedInstallation {
  deploymentId: string;
  blueprintId: string;
  inputs: JsonObject;
  deploymentLabels?: Label[] | undefined;
  visibility: Visibility;
  skipPluginsValidation: boolean;
  runtimeOnlyEvaluation?: boolean;
  workflowId: string;
  parameters: JsonObject;
  allowCustomParameters: boolean;
  force: boolean;
  /** Do not follow the execution. */
  detach?: boolean;
}

/** Makes a deployment of an uploaded blueprint, and runs a workflow on it. */
export async function installDeployment(
  ctx: Context,
  client: Client,
  wanted: WantedInstallation,
  showing: FollowExecutionOptions,
): Promise<ExitCode> {
  const deployment = await createDeployment(ctx, client, {
    id: wanted.deploymentId,
    blueprint_id: wanted.blueprintId,
    inputs: wanted.inputs,
    labels: wanted.deploymentLabels,
    visibility: wanted.visibility,
    skip_plugins_validation: wanted.skipPluginsValidation,
    ...(wanted.runtimeOnlyEvaluation ? { runtime_only_evaluation: true } : {}),
  });
  ctx.notice(`Starting ${wanted.workflowId} on ${deployment.id} …`);
  const execution = await startExecution(ctx, client, {
    deployment_id: deployment.id,
    workflow_id: wanted.workflowId,
    parameters: wanted.parameters,
    allow_custom_parameters: wanted.allowCustomParameters,
    force: wanted.force,
  });
  if (wanted.detach) return await showStarted(ctx, execution);
  return await followExecution(ctx, client, execution, showing);
}
