import { command } from "../../../command.ts";
import { GROUP_COLUMNS } from "./columns.ts";
import { defaultsOptions, groupDefaults } from "./defaults.ts";
import { deploymentGroupName, showGroup } from "./group-name.ts";

/** `cfy deployments groups update`: the group itself, not the deployments in it. */
export const update = command({
  name: "update",
  summary: "Change what new deployments of a group are made of",
  description: "The deployments in the group stay as they are: see `cfy deployments groups update-deployments`.",
  arguments: { deploymentGroupName },
  options: defaultsOptions,
  columns: GROUP_COLUMNS,
  examples: [["cfy deployments groups update edge -b app-2", "new ones are made of app-2"]],
  async run(ctx, { deploymentGroupName, tenant, ...defaults }) {
    const request = await groupDefaults(defaults, ctx.io.stdin);
    const group = await ctx.client({ tenant }).deploymentGroups.put(deploymentGroupName, request);
    return showGroup(ctx, group, "is changed");
  },
});
