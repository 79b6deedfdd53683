import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { getDataOption } from "../../options/common.ts";
import { USER_GROUP_COLUMNS } from "./columns.ts";
import { userGroupName } from "./group-name.ts";

/** `cfy user-groups get` */
export const get = command({
  name: "get",
  summary: "Show a group of users",
  arguments: { userGroupName },
  options: { getData: getDataOption },
  columns: USER_GROUP_COLUMNS,
  examples: [["cfy user-groups get team --get-data", "with the names of its users and tenants"]],
  async run(ctx, { userGroupName, getData }) {
    ctx.notice(`Retrieving group of users ${userGroupName} …`);
    const group = await ctx.client().userGroups.get(userGroupName, { getData });
    await ctx.output.record(group, { title: "Requested user group info:", columns: USER_GROUP_COLUMNS });
    return ExitCode.Ok;
  },
});
