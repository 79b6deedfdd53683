import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { securityRoleOption } from "./security-role.ts";
import { username } from "./username.ts";

/** `cfy users set-role` */
export const setRole = command({
  name: "set-role",
  summary: "Give a user another role in the whole system",
  arguments: { username },
  options: { role: securityRoleOption },
  examples: [["cfy users set-role alice -r sys_admin", "make her an administrator"]],
  async run(ctx, { username, role }) {
    await ctx.client().users.update(username, { role });
    ctx.output.line(`The role of ${username} is ${role}`);
    return ExitCode.Ok;
  },
});
