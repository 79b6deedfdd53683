import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "../users/username.ts";
import { ofTenantOption, tenantRoleOption } from "./options.ts";

/** `cfy tenants add-user` */
export const addUser = command({
  name: "add-user",
  summary: "Give a user a role in a tenant",
  arguments: { username },
  options: { role: tenantRoleOption, tenant: ofTenantOption },
  examples: [["cfy tenants add-user alice -t production -r user", "she can see and use what is in it"]],
  async run(ctx, { username, role, tenant }) {
    await ctx.client().tenants.addUser(tenant, username, role);
    ctx.output.line(`${username} is in tenant ${tenant} as ${role}`);
    return ExitCode.Ok;
  },
});
