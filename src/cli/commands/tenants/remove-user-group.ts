import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { userGroupName } from "../user-groups/group-name.ts";
import { ofTenantOption } from "./options.ts";

/** `cfy tenants remove-user-group` */
export const removeUserGroup = command({
  name: "remove-user-group",
  summary: "Take a group of users out of a tenant",
  arguments: { userGroupName },
  options: { tenant: ofTenantOption },
  examples: [["cfy tenants remove-user-group team -t production", "roles that a user has directly stay"]],
  async run(ctx, { userGroupName, tenant }) {
    await ctx.client().tenants.removeGroup(tenant, userGroupName);
    ctx.output.line(`${userGroupName} is no longer in tenant ${tenant}`);
    return ExitCode.Ok;
  },
});
