import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { AFTER_RESTART, grantOf, permissionOption, roleOption } from "./options.ts";

/** `cfy permissions disallow` */
export const disallow = command({
  name: "disallow",
  summary: "No longer let a role do something",
  options: { role: roleOption, permission: permissionOption },
  examples: [["cfy permissions disallow --role viewer --permission execution_start", "viewers only look"]],
  async run(ctx, args) {
    const { role, permission } = grantOf(args);
    await ctx.client().permissions.disallow(role, permission);
    ctx.output.line(`The role ${role} no longer has the permission ${permission}`);
    ctx.notice(AFTER_RESTART);
    return ExitCode.Ok;
  },
});
