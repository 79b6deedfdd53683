import { command, flag, text } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showChanged } from "../../outcome.ts";
import { SCHEDULE_COLUMNS } from "./columns.ts";
import {
  RULE_OR_PARTS,
  recurrenceIn,
  recurrenceOptions,
  sinceOption,
  spanOptions,
  stopOnFailFlags,
} from "./recurrence.ts";
import { scheduleArguments } from "./schedule-id.ts";

/** `cfy deployments schedule update` */
export const update = command({
  name: "update",
  summary: "Change when a schedule runs its workflow",
  description:
    "--slip, --weekdays and --stop-on-fail are set anew each time, to what they are without being given too.",
  arguments: scheduleArguments,
  options: {
    since: text(sinceOption),
    ...spanOptions,
    ...recurrenceOptions,
    stopOnFail: flag({ ...stopOnFailFlags, off: ["--continue-on-fail"] }),
    tenant: tenantOption,
  },
  columns: SCHEDULE_COLUMNS,
  exclusive: RULE_OR_PARTS,
  examples: [['cfy deployments schedule update my_deployment nightly -r "2 days"', "every other night"]],
  async run(ctx, { deploymentId, scheduleId, tenant, stopOnFail, ...args }) {
    ctx.notice(`Changing the schedule ${scheduleId} on ${deploymentId} …`);
    const change = { ...recurrenceIn(args, ctx), stop_on_fail: stopOnFail };
    const schedule = await ctx.client({ tenant }).executionSchedules.update(scheduleId, deploymentId, change);
    return showChanged(ctx, `The schedule ${scheduleId} is changed`, schedule, {
      title: "Deployment schedule:",
      columns: SCHEDULE_COLUMNS,
    });
  },
});
