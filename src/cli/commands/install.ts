import { blueprintSource, defaultBlueprintId } from "../blueprint/source.ts";
import { takeBlueprint } from "../blueprint/take.ts";
import { argument, command, flag, natural, text } from "../command.ts";
import { usageError } from "../errors.ts";
import { validName } from "../inputs/names.ts";
import { tenantOption } from "../options/common.ts";
import { inputsOption } from "../options/inputs.ts";
import { installPluginsOption, localRunOptions, warnOfLocalRun } from "../options/local-run.ts";
import { newDeploymentOptions } from "../options/new-deployment.ts";
import { eventOptionsBesideWorkflow, waitOptions } from "../options/wait.ts";
import { blueprintFileOption } from "./blueprints/options.ts";
import { installDeployment } from "./install-deployment.ts";
import { installGroup } from "./install-group.ts";
import { readNewDeployment } from "./new-deployment.ts";

/** `cfy install`: from a blueprint to a running deployment. What fails stops the rest. */
export const install = command({
  name: "install",
  summary: "Upload a blueprint, make a deployment of it and install it",
  arguments: {
    blueprintPath: argument({
      help: "The main file, its folder, an archive, a URL, or org/repo[:tag]",
      complete: "file",
    }),
  },
  options: {
    blueprintId: text({
      flags: ["-b", "--blueprint-id"],
      metavar: "ID",
      help: "Id of the blueprint; by default its folder's name",
    }),
    fileName: blueprintFileOption,
    groupId: text({
      flags: ["-g", "--deployment-group-id"],
      metavar: "ID",
      help: "With --count: id of the group of deployments",
    }),
    count: natural({ flags: ["--count"], metavar: "N", help: "Not one deployment, but a group of so many" }),
    inputs: inputsOption,
    workflowId: text({
      flags: ["-w", "--workflow-id"],
      metavar: "NAME",
      default: "install",
      help: "The workflow to run",
      complete: "workflow",
    }),
    force: flag({ flags: ["-f", "--force"], help: "Run it even while another execution runs" }),
    ...newDeploymentOptions,
    ...waitOptions,
    ...eventOptionsBesideWorkflow,
    ...localRunOptions,
    installPlugins: installPluginsOption,
    tenant: tenantOption,
  },
  exclusive: [["deploymentId", "groupId"]],
  examples: [["cfy install app/blueprint.yaml -d my_deployment", "from a folder to a running deployment"]],
  async run(ctx, { blueprintPath, fileName, tenant, detach, count, ...args }) {
    if (count !== undefined && count < 1) throw usageError("--count must be positive");
    if (args.groupId !== undefined && count === undefined)
      throw usageError("A group needs a number of deployments: give --count");
    warnOfLocalRun(ctx, args);
    const client = ctx.client({ tenant });
    const read = await readNewDeployment(args, ctx.io.stdin);
    const source = await blueprintSource(blueprintPath, fileName);
    const blueprintId = args.blueprintId ?? defaultBlueprintId(source);
    const deploymentId = validName(args.deploymentId ?? blueprintId, "deployment id");
    const groupId = validName(args.groupId ?? blueprintId, "deployment group id");
    const showing = { ...args, logs: args.includeLogs, workerNames: args.withWorkerNames };

    const blueprint = await takeBlueprint(ctx, client, {
      ...args,
      path: blueprintPath,
      fileName,
      blueprintId,
      labels: args.blueprintLabels,
      wait: true,
    });
    if (count !== undefined) {
      const wanted = { ...args, ...read, count, blueprintId: blueprint.id, groupId };
      return await installGroup(ctx, client, wanted, { ...showing, detach });
    }
    const wanted = { ...args, ...read, deploymentId, blueprintId: blueprint.id, detach };
    return await installDeployment(ctx, client, wanted, showing);
  },
});
