import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "../users/username.ts";
import { groupNameOption } from "./group-name.ts";

/** `cfy user-groups add-user` */
export const addUser = command({
  name: "add-user",
  summary: "Put a user into a group",
  arguments: { username },
  options: { groupName: groupNameOption },
  examples: [["cfy user-groups add-user alice -g team", "she has the group's roles then"]],
  async run(ctx, { username, groupName }) {
    await ctx.client().userGroups.addUser(groupName, username);
    ctx.output.line(`${username} is in group ${groupName}`);
    return ExitCode.Ok;
  },
});
