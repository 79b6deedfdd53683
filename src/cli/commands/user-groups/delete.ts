import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { userGroupName } from "./group-name.ts";

/** `cfy user-groups delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a group of users",
  arguments: { userGroupName },
  examples: [["cfy user-groups delete team", "its users stay, without the group's roles"]],
  async run(ctx, { userGroupName }) {
    ctx.notice(`Deleting group of users ${userGroupName} …`);
    await ctx.client().userGroups.delete(userGroupName);
    ctx.output.line(`The group ${userGroupName} is deleted`);
    return ExitCode.Ok;
  },
});
