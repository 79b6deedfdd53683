import type { JsonObject } from "../../../../api/resources.ts";
import { RestError } from "../../../../client/index.ts";
import { argument, command, duration, flag, text } from "../../../command.ts";
import { CfyError } from "../../../errors.ts";
import { readInputs } from "../../../inputs/inputs.ts";
import { validName } from "../../../inputs/names.ts";
import { tenantOption } from "../../../options/common.ts";
import { allowCustomParametersOption, parametersOption } from "../../../options/inputs.ts";
import { showChanged } from "../../outcome.ts";
import { deploymentId } from "../deployment-id.ts";
import { SCHEDULE_COLUMNS } from "./columns.ts";
import {
  RULE_OR_PARTS,
  recurrenceIn,
  recurrenceOptions,
  sinceOption,
  spanOptions,
  stopOnFailOption,
} from "./recurrence.ts";

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
  exclusive: RULE_OR_PARTS,
  examples: [
    ['cfy deployments schedule create my_deployment heal -s "+1 hour" --count 1', "once"],
    [
      'cfy deployments schedule create my_deployment backup -n nightly -s "2026-05-01 03:00" -r "1 day" --tz Europe/London',
      "each night",
    ],
  ],
  async run(ctx, { deploymentId, workflowId, scheduleName, tenant, parameters, stopOnFail, ...args }) {
    const id = validName(scheduleName ?? workflowId, "schedule id");
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
    ctx.notice(`Scheduling ${workflowId} on ${deploymentId} as ${id} …`);
    const { executionSchedules } = ctx.client({ tenant });
    const schedule = await executionSchedules.create(id, deploymentId, request).catch((error: unknown) => {
      throw refusal(error);
    });
    const next = schedule.next_occurrence ? `it runs next at ${schedule.next_occurrence}` : "it has no time to run at";
    return showChanged(ctx, `The schedule ${id} is created: ${next}`, schedule, {
      title: "Deployment schedule:",
      columns: SCHEDULE_COLUMNS,
    });
  },
});

/** What a schedule that runs once is called on the wire is not what one would guess. */
function refusal(error: unknown): unknown {
  if (!(error instanceof RestError && error.message.startsWith("recurrence must be specified"))) return error;
  return new CfyError(error.code, "The schedule does not say how often", {
    hint: ["--count 1 runs it once", '--recurrence "1 day" runs it every day'],
    status: error.status,
    requestId: error.requestId,
    cause: error,
  });
}
