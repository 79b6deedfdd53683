import { command, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { validName } from "../../inputs/names.ts";
import { TENANT_ROLES } from "../tenants/options.ts";
import { newPassword, passwordOptions } from "./password.ts";
import { securityRoleOption } from "./security-role.ts";
import { username } from "./username.ts";

/** `cfy users create` */
export const create = command({
  name: "create",
  summary: "Create a user, perhaps with a role in a tenant",
  arguments: { username },
  options: {
    role: securityRoleOption,
    ...passwordOptions,
    tenant: text({
      flags: ["-t", "--tenant-name"],
      metavar: "TENANT",
      help: "A tenant to add the user to; needs -l",
      complete: "tenant",
    }),
    tenantRole: text({
      flags: ["-l", "--user-tenant-role"],
      metavar: "ROLE",
      help: "The user's role in that tenant",
      suggestions: TENANT_ROLES,
    }),
  },
  examples: [
    ["cfy users create alice -t team -l user", "asks for the password; with the role user in the tenant team"],
  ],
  async run(ctx, { username, role, tenant, tenantRole, ...given }) {
    if ((tenant === undefined) !== (tenantRole === undefined)) {
      throw usageError("--tenant-name and --user-tenant-role belong together", { hint: "Give both of them, or none." });
    }
    const name = validName(username, "user name");
    const password = await newPassword(ctx, name, given);
    const client = ctx.client();
    await client.users.create({ username: name, password, role });
    ctx.output.line(`The user ${username} is created`);
    if (tenant !== undefined && tenantRole !== undefined) {
      await client.tenants.addUser(tenant, username, tenantRole);
      ctx.output.line(`${username} is in tenant ${tenant} as ${tenantRole}`);
    }
    return ExitCode.Ok;
  },
});
