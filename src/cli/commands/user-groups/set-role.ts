import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { securityRoleOption } from "../users/security-role.ts";
import { userGroupName } from "./group-name.ts";

/** `cfy user-groups set-role` */
export const setRole = command({
  name: "set-role",
  summary: "Give all users of a group another role in the whole system",
  arguments: { userGroupName },
  options: { role: securityRoleOption },
  examples: [["cfy user-groups set-role team -r sys_admin", "make them administrators"]],
  async run(ctx, { userGroupName, role }) {
    await ctx.client().userGroups.setRole(userGroupName, role);
    ctx.output.line(`The role of group ${userGroupName} is ${role}`);
    return ExitCode.Ok;
  },
});
