import { bulkOptions } from "../../bulk/options.ts";
import { eitherColumns } from "../../bulk/run-bulk.ts";
import { refuseCancelOnInterrupt, targetsOf } from "../../bulk/targets.ts";
import { choice, command, flag, path, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { tenantOption } from "../../options/common.ts";
import { endlessTimeout, eventOptions, waitOptions } from "../../options/wait.ts";
import { deploymentIds } from "./deployment-id.ts";
import { DEPLOYMENT_BULK, selectionOptions, selectsDeployments } from "./selection.ts";
import { UPDATE_COLUMNS } from "./update-columns.ts";
import { updateDeployment } from "./update-deployment.ts";
import { updateMany } from "./update-many.ts";
import { updateOptions, updateRequest } from "./update-options.ts";

/** `cfy deployments update` */
export const update = command({
  name: "update",
  summary: "Bring a deployment, or many, to another blueprint or other inputs",
  description:
    "Several ids, and those that options select, are updated one by one with a row for each; a selection is asked about first.",
  arguments: { deploymentIds },
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
    ...selectionOptions,
    ...bulkOptions,
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
  columns: eitherColumns(UPDATE_COLUMNS, DEPLOYMENT_BULK.columns),
  examples: [
    ["cfy deployments update my_deployment -b app-2 --preview", "what would change?"],
    ["cfy deployments update my_deployment -b app-2", "change it, and follow the update"],
    ["cfy deployments update my_deployment -i '{port: 8081}'", "the same blueprint with another input"],
    ["cfy deployments update -ar blueprint_id=app-1 -b app-2", "move all of app-1 to app-2; asks first"],
  ],
  async run(ctx, { deploymentIds, preview, driftOnly, tenant, ...args }) {
    const selected = selectsDeployments(args);
    const targets = targetsOf(deploymentIds, { selected, metavar: "DEPLOYMENT_ID" });
    const [which = "DEPLOYMENT_ID"] = deploymentIds;
    if (args.blueprintPath !== undefined) {
      throw usageError("A deployment is updated to an uploaded blueprint", {
        hint: ["cfy blueprints upload PATH -b BLUEPRINT_ID", `cfy deployments update ${which} -b BLUEPRINT_ID`],
      });
    }
    const isGiven = args.blueprintId !== undefined || args.inputs.length > 0;
    if (driftOnly && isGiven) throw usageError("--drift-only keeps blueprint and inputs: give neither");
    if (!driftOnly && !isGiven) throw usageError("Say what to change: --blueprint-id, --inputs, or --drift-only");
    const { inputs, reinstall_list, ...request } = await updateRequest(args, ctx.io.stdin);
    const client = ctx.client({ tenant });
    const change = {
      ...request,
      preview,
      ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
      ...(reinstall_list.length > 0 ? { reinstall_list } : {}),
    };
    const { timeout, detach } = args;
    if (targets.kind !== "one" || args.dryRun) {
      if (preview) throw usageError("--preview shows one deployment", { hint: "--dry-run shows which they are." });
      refuseCancelOnInterrupt(args);
      return await updateMany(ctx, client, targets, { ...args, change });
    }
    const to = args.blueprintId === undefined ? "" : ` to blueprint ${args.blueprintId}`;
    ctx.notice(`Updating deployment ${targets.id}${to}${args.inputs.length > 0 ? " with new inputs" : ""} …`);
    return await updateDeployment(ctx, client, targets.id, change, {
      logs: args.includeLogs,
      jsonOutput: args.jsonOutput,
      cancelOnInterrupt: args.cancelOnInterrupt,
      timeout,
      detach,
    });
  },
});
