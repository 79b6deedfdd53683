import { choice, command, flag, path, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { tenantOption } from "../../options/common.ts";
import { endlessTimeout, eventOptions, waitOptions } from "../../options/wait.ts";
import { deploymentId } from "./deployment-id.ts";
import { UPDATE_COLUMNS } from "./update-columns.ts";
import { updateDeployment } from "./update-deployment.ts";
import { updateOptions, updateRequest } from "./update-options.ts";

/** `cfy deployments update` */
export const update = command({
  name: "update",
  summary: "Bring a deployment to another blueprint or other inputs",
  arguments: { deploymentId },
  options: {
    ...updateOptions,
    preview: flag({ flags: ["--preview"], help: "Only show what would be changed" }),
    driftOnly: flag({ flags: ["--drift-only"], help: "Keep blueprint and inputs; correct what has drifted" }),
    includeLogs: eventOptions.includeLogs,
    jsonOutput: eventOptions.jsonOutput,
    cancelOnInterrupt: waitOptions.cancelOnInterrupt,
    timeout: endlessTimeout,
    detach: waitOptions.detach,
    tenant: tenantOption,
    blueprintPath: path({
      flags: ["-p", "--blueprint-path"],
      metavar: "PATH",
      help: "Refused: upload it first",
      hidden: true,
    }),
    fileName: text({ flags: ["-n", "--blueprint-filename"], default: "blueprint.yaml", help: "Unused", hidden: true }),
    visibility: choice({
      flags: ["-l", "--visibility"],
      choices: ["private", "tenant", "global"],
      default: "tenant",
      help: "Unused",
      hidden: true,
    }),
    validate: flag({ flags: ["--validate"], help: "Unused", hidden: true }),
  },
  columns: UPDATE_COLUMNS,
  examples: [
    ["cfy deployments update my_deployment -b app-2 --preview", "what would change?"],
    ["cfy deployments update my_deployment -b app-2", "change it, and follow the update"],
    ["cfy deployments update my_deployment -i port=8080", "the same blueprint with another input"],
  ],
  async run(ctx, { deploymentId, preview, driftOnly, tenant, ...args }) {
    if (args.blueprintPath !== undefined) {
      throw usageError("A deployment is updated to an uploaded blueprint", {
        hint: ["cfy blueprints upload PATH -b BLUEPRINT_ID", `cfy deployments update ${deploymentId} -b BLUEPRINT_ID`],
      });
    }
    const isGiven = args.blueprintId !== undefined || args.inputs.length > 0;
    if (driftOnly && isGiven) throw usageError("--drift-only keeps blueprint and inputs: give neither");
    if (!driftOnly && !isGiven) throw usageError("Say what to change: --blueprint-id, --inputs, or --drift-only");
    const { inputs, reinstall_list, ...request } = await updateRequest(args, ctx.io.stdin);
    const to = args.blueprintId === undefined ? "" : ` to blueprint ${args.blueprintId}`;
    ctx.notice(`Updating deployment ${deploymentId}${to}${args.inputs.length > 0 ? " with new inputs" : ""} …`);
    return await updateDeployment(
      ctx,
      ctx.client({ tenant }),
      deploymentId,
      {
        ...request,
        preview,
        ...(args.inputs.length > 0 ? { inputs } : {}),
        ...(reinstall_list.length > 0 ? { reinstall_list } : {}),
      },
      {
        logs: args.includeLogs,
        jsonOutput: args.jsonOutput,
        cancelOnInterrupt: args.cancelOnInterrupt,
        timeout: args.timeout,
        detach: args.detach,
      },
    );
  },
});
