import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { userGroupName } from "../user-groups/group-name.ts";
import { ofTenantOption, tenantRoleOption } from "./options.ts";

/** `cfy tenants add-user-group` */
export const addUserGroup = command({
  name: "add-user-group",
  summary: "Give a group of users a role in a tenant",
  arguments: { userGroupName },
  options: { role: tenantRoleOption, tenant: ofTenantOption },
  examples: [["cfy tenants add-user-group team -t production -r user", "all its users have that role then"]],
  async run(ctx, { userGroupName, role, tenant }) {
    await ctx.client().tenants.addGroup(tenant, userGroupName, role);
    ctx.output.line(`${userGroupName} is in tenant ${tenant} as ${role}`);
    return ExitCode.Ok;
  },
});
