import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy ldap status` */
export const status = command({
  name: "status",
  summary: "Show whether the server asks an LDAP server who a user is",
  examples: [["cfy ldap status", "enabled or disabled"]],
  async run(ctx) {
    const status = await ctx.client().ldap.status();
    await ctx.output.document(status, () => `${status}\n`);
    return ExitCode.Ok;
  },
});
