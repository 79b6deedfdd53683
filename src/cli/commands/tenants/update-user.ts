import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "../users/username.ts";
import { ofTenantOption, tenantRoleOption } from "./options.ts";

/** `cfy tenants update-user` */
export const updateUser = command({
  name: "update-user",
  summary: "Give a user another role in a tenant",
  arguments: { username },
  options: { role: tenantRoleOption, tenant: ofTenantOption },
  examples: [["cfy tenants update-user alice -t production -r user", "instead of the role she had"]],
  async run(ctx, { username, role, tenant }) {
    await ctx.client().tenants.setUserRole(tenant, username, role);
    ctx.output.line(`${username} is in tenant ${tenant} as ${role}`);
    return ExitCode.Ok;
  },
});
