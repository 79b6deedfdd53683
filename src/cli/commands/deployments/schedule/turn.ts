import { type Command, command } from "../../../command.ts";
import { CfyError } from "../../../errors.ts";
import { tenantOption } from "../../../options/common.ts";
import { showChanged } from "../../outcome.ts";
import { SCHEDULE_COLUMNS } from "./columns.ts";
import { scheduleArguments } from "./schedule-id.ts";

/** `enable` and `disable`: a schedule that is disabled keeps its rule and runs nothing. */
const turn = (name: "enable" | "disable", summary: string, meaning: string): Command =>
  command({
    name,
    summary,
    arguments: {
      ...scheduleArguments,
      scheduleId: {
        ...scheduleArguments.scheduleId,
        complete: name === "enable" ? "disabled-schedule" : "enabled-schedule",
      },
    },
    options: { tenant: tenantOption },
    columns: SCHEDULE_COLUMNS,
    examples: [[`cfy deployments schedule ${name} my_deployment nightly`, meaning]],
    async run(ctx, { deploymentId, scheduleId, tenant }) {
      const { executionSchedules } = ctx.client({ tenant });
      const enabled = name === "enable";
      const present = await executionSchedules.get(scheduleId, deploymentId);
      if (present.enabled === enabled) {
        throw new CfyError("schedule_unchanged", `The schedule ${scheduleId} on ${deploymentId} is ${name}d already`, {
          hint: `cfy deployments schedule get ${deploymentId} ${scheduleId}`,
        });
      }
      const schedule = await executionSchedules.update(scheduleId, deploymentId, { enabled });
      return showChanged(ctx, `The schedule ${scheduleId} is ${name}d`, schedule, {
        title: "Deployment schedule:",
        columns: SCHEDULE_COLUMNS,
      });
    },
  });

export const enable = turn("enable", "Let a disabled schedule run its workflow again", "from its next time on");
export const disable = turn("disable", "Let a schedule run nothing for now", "until it is enabled again");
