import { argument, type Command, command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { groupId } from "./group-id.ts";
import { showExecutionGroup } from "./show.ts";

/** `cfy executions groups set-failure-group`, `set-success-group`: where deployments go once their execution has ended. */
const setResultGroup = (result: "failure" | "success", ended: string): Command =>
  command({
    name: `set-${result}-group`,
    summary: `Set the group that deployments join when their execution has ${ended}`,
    arguments: {
      groupId,
      deploymentGroupId: argument({
        metavar: `${result.toUpperCase()}_GROUP_ID`,
        help: "Id of the deployment group that they join",
        complete: "deployment-group",
      }),
    },
    options: { tenant: tenantOption },
    examples: [
      [
        `cfy executions groups set-${result}-group 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 ${result}`,
        `they join the group ${result}`,
      ],
    ],
    async run(ctx, { groupId, deploymentGroupId, tenant }) {
      const { executionGroups } = ctx.client({ tenant });
      // Null leaves the other one as it is.
      const change = { success_group_id: null, failure_group_id: null, [`${result}_group_id`]: deploymentGroupId };
      const group = await executionGroups.update(groupId, change);
      return showExecutionGroup(ctx, group, `puts deployments into ${deploymentGroupId}`);
    },
  });

export const setFailureGroup = setResultGroup("failure", "failed");
export const setSuccessGroup = setResultGroup("success", "ended well");
