import { argument, command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { groupId } from "./group-id.ts";
import { showExecutionGroup } from "./show.ts";

/** `cfy executions groups set-success-group` */
export const setSuccessGroup = command({
  name: "set-success-group",
  summary: "Set the group that deployments join when their execution has ended well",
  arguments: {
    groupId,
    successGroupId: argument({ help: "Id of the deployment group that they join", complete: "deployment-group" }),
  },
  options: { tenant: tenantOption },
  examples: [
    [
      "cfy executions groups set-success-group 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 success",
      "they join the group success",
    ],
  ],
  async run(ctx, { groupId, successGroupId, tenant }) {
    const { executionGroups } = ctx.client({ tenant });
    const group = await executionGroups.update(groupId, { success_group_id: successGroupId });
    return showExecutionGroup(ctx, group, `puts deployments into ${successGroupId}`);
  },
});
