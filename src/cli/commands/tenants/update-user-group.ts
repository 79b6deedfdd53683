import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { userGroupName } from "../user-groups/group-name.ts";
import { ofTenantOption, tenantRoleOption } from "./options.ts";

/** `cfy tenants update-user-group` */
export const updateUserGroup = command({
  name: "update-user-group",
  summary: "Give a group of users another role in a tenant",
  arguments: { userGroupName },
  options: { role: tenantRoleOption, tenant: ofTenantOption },
  examples: [["cfy tenants update-user-group team -t production -r user", "instead of the role it had"]],
  async run(ctx, { userGroupName, role, tenant }) {
    await ctx.client().tenants.setGroupRole(tenant, userGroupName, role);
    ctx.output.line(`${userGroupName} is in tenant ${tenant} as ${role}`);
    return ExitCode.Ok;
  },
});
