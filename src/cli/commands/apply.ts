import { type Client, RestError } from "../../client/index.ts";
import { blueprintSource, defaultBlueprintId } from "../blueprint/source.ts";
import { takeBlueprint } from "../blueprint/take.ts";
import { command, flag, path, text } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import { type Label, labelText, wireLabel } from "../inputs/labels.ts";
import { validName } from "../inputs/names.ts";
import { tenantOption } from "../options/common.ts";
import { newDeploymentOptions } from "../options/new-deployment.ts";
import { endlessTimeout, eventOptions, waitOptions } from "../options/wait.ts";
import { blueprintFileOption } from "./blueprints/options.ts";
import { updateDeployment } from "./deployments/update-deployment.ts";
import { requestFor, updateOptions } from "./deployments/update-options.ts";
import { installDeployment } from "./install-deployment.ts";
import { readNewDeployment } from "./new-deployment.ts";

/** As with `deployments update`, without what an apply decides itself. */
const {
  inputs,
  reinstallList,
  workflowId,
  skipInstall,
  skipUninstall,
  ignoreFailure,
  installFirst,
  dontUpdatePlugins,
  force,
  runtimeOnlyEvaluation,
  autoCorrectTypes,
  reevaluateActiveStatuses,
} = updateOptions;

/** `cfy apply`: after it the deployment is what the blueprint says, whether it was there or not. */
export const apply = command({
  name: "apply",
  summary: "Install a blueprint, or update the deployment that there is",
  options: {
    blueprintPath: path({
      flags: ["--blueprint-path"],
      metavar: "PATH",
      default: "blueprint.yaml",
      help: "The main file, its folder, an archive, a URL, or org/repo[:tag]",
      complete: "file",
    }),
    fileName: blueprintFileOption,
    blueprintId: text({
      flags: ["-b", "--blueprint-id"],
      metavar: "ID",
      help: "Id for the blueprint that is uploaded",
    }),
    inputs,
    reinstallList,
    workflowId,
    skipInstall,
    skipUninstall,
    ignoreFailure,
    installFirst,
    dontUpdatePlugins,
    force,
    runtimeOnlyEvaluation,
    autoCorrectTypes,
    reevaluateActiveStatuses,
    dontSkipReinstall: flag({ flags: ["--dont-skip-reinstall"], help: "Reinstall what has changed" }),
    preview: flag({ flags: ["--preview"], help: "Only show what an update would change" }),
    ...newDeploymentOptions,
    includeLogs: eventOptions.includeLogs,
    jsonOutput: eventOptions.jsonOutput,
    timeout: endlessTimeout,
    detach: waitOptions.detach,
    cancelOnInterrupt: waitOptions.cancelOnInterrupt,
    tenant: tenantOption,
  },
  examples: [["cfy apply --blueprint-path app/blueprint.yaml -d my_deployment", "as often as the blueprint changes"]],
  async run(ctx, { blueprintPath, fileName, tenant, ...args }) {
    const client = ctx.client({ tenant });
    const source = await blueprintSource(blueprintPath, fileName);
    const deploymentId = validName(
      args.deploymentId ?? args.blueprintId ?? defaultBlueprintId(source),
      "deployment id",
    );
    const read = await readNewDeployment(args, ctx.io.stdin);
    const exists = await isThere(client, deploymentId);
    const blueprint = await takeBlueprint(ctx, client, {
      ...args,
      path: blueprintPath,
      fileName,
      blueprintId:
        args.blueprintId ?? (exists ? `${deploymentId}-${stamp(ctx.clock.now())}` : defaultBlueprintId(source)),
      labels: args.blueprintLabels,
      wait: true,
    });
    const { timeout, detach, cancelOnInterrupt } = args;
    const showing = { logs: args.includeLogs, jsonOutput: args.jsonOutput, timeout, detach, cancelOnInterrupt };
    if (!exists) {
      const workflowId = args.workflowId ?? "install";
      const wanted = { ...args, ...read, deploymentId, blueprintId: blueprint.id, workflowId };
      return await installDeployment(ctx, client, wanted, showing);
    }
    ctx.notice(`Updating deployment ${deploymentId} to blueprint ${blueprint.id} …`);
    const flags = {
      skipReinstall: !args.dontSkipReinstall,
      forceReinstall: false,
      skipDriftCheck: false,
      skipHeal: false,
    };
    const wanted = { ...args, ...flags, blueprintId: blueprint.id };
    const { inputs, reinstall_list, ...request } = requestFor(wanted, read.inputs);
    const change = {
      ...request,
      preview: args.preview,
      ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
      ...(reinstall_list.length > 0 ? { reinstall_list } : {}),
    };
    const code = await updateDeployment(ctx, client, deploymentId, change, showing);
    if (code === ExitCode.Ok && !args.preview && read.deploymentLabels !== undefined) {
      await addLabels(client, deploymentId, read.deploymentLabels);
    }
    return code;
  },
});

async function isThere(client: Client, deploymentId: string): Promise<boolean> {
  try {
    await client.deployments.get(deploymentId);
    return true;
  } catch (error) {
    if (error instanceof RestError && error.status === 404) return false;
    throw error;
  }
}

/** `dd-mm-YYYY-HH-MM-SS` */
function stamp(now: number): string {
  const [date = "", time = ""] = new Date(now).toISOString().slice(0, 19).split("T");
  return `${date.split("-").reverse().join("-")}-${time.replaceAll(":", "-")}`;
}

async function addLabels(client: Client, deploymentId: string, wanted: readonly Label[]): Promise<void> {
  const present = (await client.deployments.get(deploymentId)).labels.map(wireLabel);
  const known = new Set(present.map(labelText));
  const added = wanted.filter((label) => !known.has(labelText(label)));
  if (added.length > 0) await client.deployments.update(deploymentId, { labels: [...present, ...added] });
}
