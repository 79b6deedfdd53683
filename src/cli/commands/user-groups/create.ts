import { command, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { validName } from "../../inputs/names.ts";
import { securityRoleOption } from "../users/security-role.ts";
import { userGroupName } from "./group-name.ts";

/** `cfy user-groups create` */
export const create = command({
  name: "create",
  summary: "Create a group of users",
  arguments: { userGroupName },
  options: {
    ldapGroupDn: text({
      flags: ["-l", "--ldap-distinguished-name"],
      metavar: "DN",
      help: "The group of the LDAP server whose members are its users",
    }),
    role: securityRoleOption,
  },
  examples: [["cfy user-groups create team", "then: cfy user-groups add-user alice -g team"]],
  async run(ctx, { userGroupName, ldapGroupDn, role }) {
    await ctx.client().userGroups.create(validName(userGroupName, "group name"), { ldapGroupDn, role });
    ctx.output.line(`The group ${userGroupName} is created`);
    return ExitCode.Ok;
  },
});
