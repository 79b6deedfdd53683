import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { passwordOption } from "./password.ts";
import { username } from "./username.ts";

/** `cfy users set-password` */
export const setPassword = command({
  name: "set-password",
  summary: "Give a user another password",
  arguments: { username },
  options: { password: passwordOption },
  examples: [["cfy users set-password alice -p 's3cret pass'", "the old one is not asked for"]],
  async run(ctx, { username, password }) {
    await ctx.client().users.update(username, { password });
    ctx.output.line(`The password of ${username} is changed`);
    return ExitCode.Ok;
  },
});
