import { argument, command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { groupId } from "./group-id.ts";
import { showExecutionGroup } from "./show.ts";

/** `cfy executions groups set-failure-group` */
export const setFailureGroup = command({
  name: "set-failure-group",
  summary: "Set the group that deployments join when their execution has failed",
  arguments: {
    groupId,
    failureGroupId: argument({ help: "Id of the deployment group that they join", complete: "deployment-group" }),
  },
  options: { tenant: tenantOption },
  examples: [
    [
      "cfy executions groups set-failure-group 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 failure",
      "they join the group failure",
    ],
  ],
  async run(ctx, { groupId, failureGroupId, tenant }) {
    const { executionGroups } = ctx.client({ tenant });
    const group = await executionGroups.update(groupId, { failure_group_id: failureGroupId });
    return showExecutionGroup(ctx, group, `puts deployments into ${failureGroupId}`);
  },
});
