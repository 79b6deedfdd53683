import { command, natural } from "../../../command.ts";
import { CfyError } from "../../../errors.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { FULL_SCHEDULE_COLUMNS } from "./columns.ts";
import { scheduleArguments } from "./schedule-id.ts";

/** `cfy deployments schedule get` */
export const get = command({
  name: "get",
  summary: "Show a schedule and when it runs next",
  arguments: scheduleArguments,
  options: {
    preview: natural({ flags: ["--preview"], metavar: "N", help: "Show the next N times at which it runs" }),
    tenant: tenantOption,
  },
  columns: FULL_SCHEDULE_COLUMNS,
  examples: [["cfy deployments schedule get my_deployment nightly --preview 5", "and the next five times"]],
  async run(ctx, { deploymentId, scheduleId, preview = 0, tenant }) {
    ctx.notice(`Retrieving schedule ${scheduleId} …`);
    const schedule = await ctx.client({ tenant }).executionSchedules.get(scheduleId, deploymentId);
    if (preview > 0 && !schedule.enabled) {
      throw new CfyError("schedule_disabled", `The schedule ${scheduleId} is disabled: it runs nothing`, {
        hint: `cfy deployments schedule enable ${deploymentId} ${scheduleId}`,
      });
    }
    const next = schedule.all_next_occurrences ?? [];
    await ctx.output.record(schedule, {
      title: "Deployment schedule:",
      columns: FULL_SCHEDULE_COLUMNS,
      sections: [
        { title: "Scheduling rule:", content: schedule.rule },
        { title: "Execution arguments:", content: schedule.execution_arguments ?? {} },
        { title: "Parameters:", content: schedule.parameters ?? {} },
        ...(preview > 0 ? [{ title: `Next times (of ${next.length}):`, content: next.slice(0, preview) }] : []),
      ],
    });
    return ExitCode.Ok;
  },
});
