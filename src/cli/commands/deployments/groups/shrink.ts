import { command } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { GROUP_COLUMNS } from "./columns.ts";
import { deploymentGroupName, showGroup } from "./group-name.ts";
import { isNobody, memberOptions, membersIn } from "./members.ts";

/** `cfy deployments groups shrink`: deployments leave the group, and stay. */
export const shrink = command({
  name: "shrink",
  summary: "Take deployments out of a group",
  arguments: { deploymentGroupName },
  options: memberOptions,
  columns: GROUP_COLUMNS,
  examples: [["cfy deployments groups shrink edge -d edge-1 -d edge-2", "these two leave it"]],
  async run(ctx, { deploymentGroupName: id, tenant, ...members }) {
    const leaving = membersIn(members);
    if (isNobody(leaving)) {
      throw usageError("Which deployments?", { hint: "Give --deployment-id, --from-group, a filter or rules." });
    }
    return showGroup(
      ctx,
      await ctx
        .client({ tenant })
        .deploymentGroups.update(id, { remove: { ...leaving, deployment_ids: members.deploymentIds } }),
      "is smaller now",
    );
  },
});
