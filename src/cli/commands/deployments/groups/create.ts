import { command } from "../../../command.ts";
import { validName } from "../../../inputs/names.ts";
import { GROUP_COLUMNS } from "./columns.ts";
import { defaultsOptions, groupDefaults } from "./defaults.ts";
import { deploymentGroupName, showGroup } from "./group-name.ts";

/** `cfy deployments groups create` */
export const create = command({
  name: "create",
  summary: "Make a group of deployments",
  arguments: { deploymentGroupName },
  options: defaultsOptions,
  columns: GROUP_COLUMNS,
  examples: [
    ["cfy deployments groups create edge -b app -i '{port: 8080}'", "new deployments in it are made of app"],
    ["cfy deployments groups extend edge --count 20", "twenty of them"],
  ],
  async run(ctx, { deploymentGroupName, tenant, ...defaults }) {
    const id = validName(deploymentGroupName, "deployment group id");
    const request = await groupDefaults(defaults, ctx.io.stdin);
    request.default_inputs ??= {};
    return showGroup(ctx, await ctx.client({ tenant }).deploymentGroups.put(id, request), "is created");
  },
});
