import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "../users/username.ts";
import { groupNameOption } from "./group-name.ts";

/** `cfy user-groups remove-user` */
export const removeUser = command({
  name: "remove-user",
  summary: "Take a user out of a group",
  arguments: { username },
  options: { groupName: groupNameOption },
  examples: [["cfy user-groups remove-user alice -g team", "she loses the group's roles"]],
  async run(ctx, { username, groupName }) {
    await ctx.client().userGroups.removeUser(groupName, username);
    ctx.output.line(`${username} is no longer in group ${groupName}`);
    return ExitCode.Ok;
  },
});
