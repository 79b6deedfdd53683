import type { JsonObject } from "../../../../api/resources.ts";
import { argument, command, duration, flag, text } from "../../../command.ts";
import { readInputs } from "../../../inputs/inputs.ts";
import { validName } from "../../../inputs/names.ts";
import { tenantOption } from "../../../options/common.ts";
import { allowCustomParametersOption, parametersOption } from "../../../options/inputs.ts";
import { showChanged } from "../../outcome.ts";
import { deploymentId } from "../deployment-id.ts";
import { SCHEDULE_COLUMNS } from "./columns.ts";
import { recurrenceIn, recurrenceOptions, sinceOption, spanOptions, stopOnFailOption } from "./recurrence.ts";

/** `cfy deployments schedule create` */
export const create = command({
  name: "create",
  summary: "Run a workflow at a time, or again and again",
  arguments: { deploymentId, workflowId: argument({ help: "Name of the workflow", complete: "workflow" }) },
  options: {
    scheduleName: text({
      flags: ["-n", "--schedule-name"],
      metavar: "ID",
      help: "Its id; by default the workflow's name",
    }),
    parameters: parametersOption,
    allowCustomParameters: allowCustomParametersOption,
    force: flag({ flags: ["-f", "--force"], help: "Even while another execution runs on the deployment" }),
    dryRun: flag({ flags: ["--dry-run"], help: "Go through the workflow without running operations" }),
    waitAfterFail: duration({
      flags: ["--wait-after-fail"],
      default: 600,
      metavar: "DURATION",
      help: "After a task has failed, let those that run end for so long",
    }),
    since: text({ ...sinceOption, required: true }),
    ...spanOptions,
    ...recurrenceOptions,
    stopOnFail: stopOnFailOption,
    tenant: tenantOption,
  },
  columns: SCHEDULE_COLUMNS,
  examples: [
    ['cfy deployments schedule create my_deployment heal -s "+1 hour"', "once"],
    [
      'cfy deployments schedule create my_deployment backup -n nightly -s "2026-05-01 03:00" -r "1 day" --tz Europe/London',
      "each night",
    ],
  ],
  async run(ctx, { deploymentId, workflowId, scheduleName, tenant, parameters, stopOnFail, ...args }) {
    const id = validName(scheduleName ?? workflowId, "schedule id");
    ctx.notice(`Scheduling ${workflowId} on ${deploymentId} as ${id} …`);
    const { since, ...recurrence } = recurrenceIn(args, ctx);
    const request = {
      workflow_id: workflowId,
      parameters: (await readInputs(parameters, ctx.io.stdin)) as JsonObject,
      execution_arguments: {
        allow_custom_parameters: args.allowCustomParameters,
        force: args.force,
        dry_run: args.dryRun,
        wait_after_fail: args.waitAfterFail,
      },
      since: since ?? "",
      ...recurrence,
      stop_on_fail: stopOnFail,
    };
    const schedule = await ctx.client({ tenant }).executionSchedules.create(id, deploymentId, request);
    const next = schedule.next_occurrence ? `it runs next at ${schedule.next_occurrence}` : "it has no time to run at";
    return showChanged(ctx, `The schedule ${id} is created: ${next}`, schedule, {
      title: "Deployment schedule:",
      columns: SCHEDULE_COLUMNS,
    });
  },
});
