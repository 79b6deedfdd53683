import type { JsonObject } from "../../api/resources.ts";
import { command, flag, text } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import { followExecution } from "../follow/index.ts";
import { readInputs } from "../inputs/inputs.ts";
import { deploymentMeant, localBlueprintOption } from "../local-blueprint.ts";
import { tenantOption } from "../options/common.ts";
import { allowCustomParametersOption, parametersOption } from "../options/inputs.ts";
import { localRunOptions, warnOfLocalRun } from "../options/local-run.ts";
import { eventOptionsBesideWorkflow, waitOptions } from "../options/wait.ts";
import { deleteDeployment } from "./deployments/delete-deployment.ts";
import { deploymentIdOrLocal } from "./deployments/deployment-id.ts";
import { showStarted } from "./executions/show-started.ts";
import { startExecution } from "./executions/start-execution.ts";

/** `cfy uninstall`: the way back of `cfy install`. What fails stops the rest. */
export const uninstall = command({
  name: "uninstall",
  summary: "Uninstall a deployment, and delete it and its blueprint",
  arguments: { deploymentId: deploymentIdOrLocal },
  options: {
    blueprintId: localBlueprintOption,
    workflowId: text({
      flags: ["-w", "--workflow-id"],
      metavar: "NAME",
      default: "uninstall",
      help: "The workflow to run",
      complete: "workflow",
    }),
    force: flag({ flags: ["-f", "--force"], help: "Even while another execution runs, or nodes of it live" }),
    recursive: flag({ flags: ["--recursive"], help: "Uninstall and delete the services below it, too" }),
    parameters: parametersOption,
    allowCustomParameters: allowCustomParametersOption,
    timeout: waitOptions.timeout,
    detach: flag({
      flags: ["--detach", "--no-wait"],
      off: ["--wait"],
      help: "Only start the workflow, and do not wait: deployment and blueprint stay",
    }),
    cancelOnInterrupt: waitOptions.cancelOnInterrupt,
    ...eventOptionsBesideWorkflow,
    ...localRunOptions,
    tenant: tenantOption,
  },
  exclusive: [["deploymentId", "blueprintId"]],
  examples: [["cfy uninstall my_deployment -p ignore_failure=true", "even if operations of it fail"]],
  async run(ctx, { workflowId, force, recursive, detach, tenant, ...args }) {
    const client = ctx.client({ tenant });
    const deploymentId = await deploymentMeant(ctx, args, "Argument DEPLOYMENT_ID is missing");
    warnOfLocalRun(ctx, args);
    const given = (await readInputs(args.parameters, ctx.io.stdin)) as JsonObject;
    const parameters = recursive ? { ...given, recursive: true } : given;
    ctx.notice(`Starting ${workflowId} on ${deploymentId} …`);
    const execution = await startExecution(ctx, client, {
      deployment_id: deploymentId,
      workflow_id: workflowId,
      parameters,
      allow_custom_parameters: args.allowCustomParameters,
      force,
    });
    if (detach) {
      const code = await showStarted(ctx, execution);
      ctx.notice(`  cfy deployments delete ${deploymentId}     (when it has ended)`);
      return code;
    }
    const showing = { ...args, logs: args.includeLogs, workerNames: args.withWorkerNames };
    const code = await followExecution(ctx, client, execution, showing);
    if (code !== ExitCode.Ok) return code;

    const { blueprint_id } = await client.deployments.get(deploymentId, { _include: ["blueprint_id"] });
    ctx.notice(`Deleting deployment ${deploymentId} …`);
    await deleteDeployment(ctx, client, deploymentId, { force, recursive });
    ctx.output.line(`The deployment ${deploymentId} is deleted`);
    ctx.notice(`Deleting blueprint ${blueprint_id} …`);
    await client.blueprints.delete(blueprint_id, { force });
    ctx.output.line(`The blueprint ${blueprint_id} is deleted`);
    return ExitCode.Ok;
  },
});
