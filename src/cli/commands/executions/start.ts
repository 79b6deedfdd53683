import type { JsonObject } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { StartExecution } from "../../../client/resources/executions.ts";
import { bulkOptions } from "../../bulk/options.ts";
import { eitherColumns } from "../../bulk/run-bulk.ts";
import { refuseCancelOnInterrupt } from "../../bulk/targets.ts";
import { argument, command, duration, flag, text } from "../../command.ts";
import type { Context } from "../../context.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { followExecution } from "../../follow/index.ts";
import { readInputs } from "../../inputs/inputs.ts";
import { scheduledMoment } from "../../inputs/scheduled-moment.ts";
import { deploymentMeant, localBlueprintOption } from "../../local-blueprint.ts";
import { tenantOption } from "../../options/common.ts";
import { allowCustomParametersOption, parametersOption } from "../../options/inputs.ts";
import { localRunOptions, warnOfLocalRun } from "../../options/local-run.ts";
import { eventOptions, waitOptions } from "../../options/wait.ts";
import { type Selection, selectionOptions, selectsDeployments } from "../deployments/selection.ts";
import { EXECUTION_COLUMNS } from "./columns.ts";
import { showStarted } from "./show-started.ts";
import { startExecution } from "./start-execution.ts";
import { START_COLUMNS, startMany } from "./start-many.ts";

/** `cfy executions start`: runs a workflow on a deployment and follows it until it has ended. */
export const start = command({
  name: "start",
  summary: "Run a workflow on a deployment and follow it",
  description:
    "The exit code tells how the execution came out: 0 terminated, 1 failed, 3 cancelled, 124 when --timeout has passed and it goes on. " +
    "On deployments that options select it runs one by one with a row for each; it is asked first.",
  arguments: { workflowId: argument({ help: "Name of the workflow", complete: "workflow" }) },
  options: {
    deploymentId: text({
      flags: ["-d", "--deployment-id"],
      metavar: "DEPLOYMENT_ID",
      help: "The deployment to run it on",
      complete: "deployment",
    }),
    blueprintId: localBlueprintOption,
    parameters: parametersOption,
    allowCustomParameters: allowCustomParametersOption,
    force: flag({ flags: ["-f", "--force"], help: "Even while another execution runs on the deployment" }),
    queue: flag({ flags: ["--queue"], help: "When another execution runs, start after it" }),
    dryRun: flag({ flags: ["--dry-run"], help: "Go through the workflow without running operations" }),
    waitAfterFail: duration({
      flags: ["--wait-after-fail"],
      default: 600,
      metavar: "DURATION",
      help: "After a task has failed, let those that run end for so long",
    }),
    schedule: text({
      flags: ["--schedule"],
      metavar: "TIME",
      help: 'Not now, but at this time: "2026-05-01 12:00+0100", or from now: "+2 hours". Without a zone it is UTC',
    }),
    wait: flag({ flags: ["--wait"], help: "Follow it also when it is queued, from its place in the queue on" }),
    ...waitOptions,
    detach: flag({ flags: ["--detach", "--no-wait"], help: "Start it, say its id, and do not wait" }),
    ...eventOptions,
    ...localRunOptions,
    tenant: tenantOption,
    ...selectionOptions,
    yes: bulkOptions.yes,
    concurrency: bulkOptions.concurrency,
  },
  columns: eitherColumns(EXECUTION_COLUMNS, START_COLUMNS),
  exclusive: [
    ["wait", "detach"],
    ["deploymentId", "blueprintId"],
    ["queue", "dryRun"],
    ["queue", "force"],
    ["queue", "schedule"],
  ],
  examples: [
    ["cfy executions start install -d my_deployment", "install it, and see what happens"],
    ["cfy executions start scale -d my_deployment -p scalable_entity_name=web -p delta=2", "with parameters"],
    ["cfy executions start install -d my_deployment --detach -o id", "for a script: start it, print its id"],
    ["cfy executions start heal -lr env=prod --concurrency 10", "on every deployment with a label; asks first"],
  ],
  async run(ctx, { workflowId, tenant, schedule, wait, detach, ...args }) {
    const client = ctx.client({ tenant });
    if (selectsDeployments(args)) return await startOnSelected(ctx, client, { ...args, workflowId, schedule, detach });
    const deploymentId = await deploymentMeant(ctx, args, "Option -d/--deployment-id is required");
    warnOfLocalRun(ctx, args);
    const request = await requestIn(ctx, { ...args, workflowId, schedule });
    ctx.notice(`${schedule ? "Scheduling" : "Starting"} ${workflowId} on ${deploymentId} …`);
    const execution = await startExecution(ctx, client, { deployment_id: deploymentId, ...request });
    if (execution.status === "scheduled") return showScheduled(ctx, deploymentId, schedule ?? "");
    const isLeftInQueue = execution.status === "queued" && !wait;
    if (isLeftInQueue) ctx.notice("It is queued and starts by itself, after what is in its way; --wait follows it.");
    if (isLeftInQueue || detach) return await showStarted(ctx, execution);
    return await followExecution(ctx, client, execution, {
      ...args,
      logs: args.includeLogs,
      workerNames: args.withWorkerNames,
    });
  },
});

interface Asked {
  workflowId: string;
  parameters: readonly string[];
  allowCustomParameters: boolean;
  force: boolean;
  dryRun: boolean;
  queue: boolean;
  schedule: string | undefined;
  waitAfterFail: number;
}

/** What is asked for, whichever deployment it is on. */
const requestIn = async (ctx: Context, args: Asked): Promise<Omit<StartExecution, "deployment_id">> => ({
  workflow_id: args.workflowId,
  parameters: (await readInputs(args.parameters, ctx.io.stdin)) as JsonObject,
  allow_custom_parameters: args.allowCustomParameters,
  force: args.force,
  dry_run: args.dryRun,
  queue: args.queue,
  scheduled_time: args.schedule && onTheWire(args.schedule, ctx.clock.now()),
  wait_after_fail: args.waitAfterFail,
});

interface AskedOfMany extends Asked, Selection {
  deploymentId: string | undefined;
  blueprintId: string | undefined;
  cancelOnInterrupt: boolean;
  detach: boolean;
  timeout: number;
  yes: boolean;
  concurrency: number;
}

/** @throws CfyError what is asked for makes sense of one deployment only */
async function startOnSelected(ctx: Context, client: Client, args: AskedOfMany): Promise<ExitCode> {
  const { deploymentId, blueprintId, schedule } = args;
  if (deploymentId !== undefined || blueprintId !== undefined) {
    throw usageError("A deployment and a selection exclude each other", { hint: "Give one, or say which by options." });
  }
  if (schedule !== undefined) throw usageError("--schedule is for one deployment: give it with -d");
  refuseCancelOnInterrupt(args);
  return await startMany(ctx, client, { ...args, request: await requestIn(ctx, args) });
}

/** As it was given, but for a span from now, which no server knows. */
const onTheWire = (time: string, now: number): string =>
  time.trim().startsWith("+") ? scheduledMoment(time, now, "UTC").toISOString() : time;

/** What is scheduled has no id yet; the schedule has. */
function showScheduled(ctx: Context, deploymentId: string, time: string): ExitCode {
  ctx.output.line(`It will start at ${time}`);
  ctx.notice(`  cfy deployments schedule list ${deploymentId}`);
  return ExitCode.Ok;
}
