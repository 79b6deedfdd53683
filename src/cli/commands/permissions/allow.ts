import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { AFTER_RESTART, grantOf, permissionOption, roleOption } from "./options.ts";

/** `cfy permissions allow` */
export const allow = command({
  name: "allow",
  summary: "Let a role do something",
  options: { role: roleOption, permission: permissionOption },
  examples: [["cfy permissions allow --role viewer --permission execution_start", "let viewers start workflows"]],
  async run(ctx, args) {
    const { role, permission } = grantOf(args);
    await ctx.client().permissions.allow(role, permission);
    ctx.output.line(`The role ${role} has the permission ${permission}`);
    ctx.notice(AFTER_RESTART);
    return ExitCode.Ok;
  },
});
