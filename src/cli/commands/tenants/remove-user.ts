import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "../users/username.ts";
import { ofTenantOption } from "./options.ts";

/** `cfy tenants remove-user` */
export const removeUser = command({
  name: "remove-user",
  summary: "Take a user out of a tenant",
  arguments: { username },
  options: { tenant: ofTenantOption },
  examples: [["cfy tenants remove-user alice -t production", "roles by groups of users stay"]],
  async run(ctx, { username, tenant }) {
    await ctx.client().tenants.removeUser(tenant, username);
    ctx.output.line(`${username} is no longer in tenant ${tenant}`);
    return ExitCode.Ok;
  },
});
