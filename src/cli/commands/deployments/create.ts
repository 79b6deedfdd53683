import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../api/resources.ts";
import { argument, command, duration, flag, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { readInputs } from "../../inputs/inputs.ts";
import { parseLabels } from "../../inputs/labels.ts";
import { tenantOption, visibilityOption } from "../../options/common.ts";
import { inputsOption } from "../../options/inputs.ts";
import { waitOptions } from "../../options/wait.ts";
import { privateResourceOption } from "../blueprints/options.ts";
import { environmentCreated } from "../executions/environment-created.ts";
import { DEPLOYMENT_COLUMNS } from "./columns.ts";
import { createDeployment } from "./create-deployment.ts";

/** `cfy deployments create` */
export const create = command({
  name: "create",
  summary: "Make a deployment of a blueprint",
  arguments: {
    deploymentId: argument({ help: "Its id; by default the blueprint's", required: false }),
  },
  options: {
    blueprintId: text({
      flags: ["-b", "--blueprint-id"],
      metavar: "BLUEPRINT_ID",
      required: true,
      help: "The blueprint",
      complete: "blueprint",
    }),
    inputs: inputsOption,
    displayName: text({
      flags: ["-n", "--display-name"],
      metavar: "NAME",
      help: "What people call it; by default its id",
    }),
    generateId: flag({ flags: ["--generate-id"], help: "Let an id be made" }),
    labels: text({ flags: ["--labels"], metavar: "KEY:VALUE,…", help: "Labels of the deployment" }),
    siteName: text({ flags: ["-s", "--site-name"], metavar: "SITE", help: "The site it stands on", complete: "site" }),
    privateResource: privateResourceOption,
    visibility: visibilityOption,
    runtimeOnlyEvaluation: flag({
      flags: ["--runtime-only-evaluation"],
      help: "Evaluate intrinsic functions each time they are read, not now",
    }),
    skipPluginsValidation: flag({
      flags: ["--skip-plugins-validation"],
      help: "Even when plugins it needs are missing",
    }),
    timeout: duration({
      flags: ["--timeout"],
      metavar: "DURATION",
      help: "How long to wait until its environment is there; by default as long as the server answers",
    }),
    detach: waitOptions.detach,
    tenant: tenantOption,
  },
  exclusive: [["deploymentId", "generateId"]],
  columns: DEPLOYMENT_COLUMNS,
  examples: [
    ["cfy deployments create my_deployment -b app -i name=web -i '{port: 8080}'", "with text and a number"],
    ["cfy deployments create -b app --generate-id -o id", "for a script: print the id that was made"],
  ],
  async run(
    ctx,
    { deploymentId, blueprintId, generateId, privateResource, visibility, timeout, detach, tenant, ...args },
  ) {
    const id = generateId ? randomUUID() : (deploymentId ?? blueprintId);
    const client = ctx.client({ tenant });
    const atOnce = detach || timeout !== undefined;
    const wanted = {
      id,
      blueprint_id: blueprintId,
      inputs: (await readInputs(args.inputs, ctx.io.stdin)) as JsonObject,
      labels: args.labels === undefined ? undefined : parseLabels(args.labels),
      display_name: args.displayName,
      site_name: args.siteName,
      visibility: privateResource ? ("private" as const) : visibility,
      runtime_only_evaluation: args.runtimeOnlyEvaluation,
      skip_plugins_validation: args.skipPluginsValidation,
    };
    const deployment = await createDeployment(ctx, client, wanted, { async: atOnce });
    if (timeout !== undefined && !detach) await environmentCreated(ctx, client, id, timeout);
    if (ctx.output.format === "table")
      ctx.output.line(`The deployment ${deployment.id} is ${detach ? "being created" : "created"}`);
    else await ctx.output.record(deployment, { title: "Deployment:", columns: DEPLOYMENT_COLUMNS });
    ctx.notice(`  cfy executions start install -d ${deployment.id}`);
    return ExitCode.Ok;
  },
});
