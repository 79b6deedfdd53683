import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { newPassword, passwordOptions } from "./password.ts";
import { username } from "./username.ts";

/** `cfy users set-password` */
export const setPassword = command({
  name: "set-password",
  summary: "Give a user another password",
  arguments: { username },
  options: passwordOptions,
  examples: [["cfy users set-password alice --password-stdin < file", "the old one is not asked for"]],
  async run(ctx, { username, ...given }) {
    const password = await newPassword(ctx, username, given);
    await ctx.client().users.update(username, { password });
    ctx.output.line(`The password of ${username} is changed`);
    return ExitCode.Ok;
  },
});
