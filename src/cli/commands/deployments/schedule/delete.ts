import { command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showDeleted } from "../../outcome.ts";
import { scheduleArguments } from "./schedule-id.ts";

/** `cfy deployments schedule delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a schedule",
  arguments: scheduleArguments,
  options: { tenant: tenantOption },
  examples: [["cfy deployments schedule delete my_deployment nightly", "what it started goes on"]],
  async run(ctx, { deploymentId, scheduleId, tenant }) {
    await ctx.client({ tenant }).executionSchedules.delete(scheduleId, deploymentId);
    return showDeleted(ctx, `The schedule ${scheduleId} is deleted`, scheduleId);
  },
});
