import { text } from "../../command.ts";
import type { Context } from "../../context.ts";
import { usageError } from "../../errors.ts";
import { passwordFromStdin, passwordStdinOption } from "../../options/password.ts";

export const passwordOptions = {
  password: text({
    flags: ["-p", "--password"],
    metavar: "PASSWORD",
    help: "The password, of at least five characters; others on this machine can see it here",
  }),
  passwordStdin: passwordStdinOption,
};

interface Given {
  password: string | undefined;
  passwordStdin: boolean;
}

/** The password that a user gets: as given, or asked for twice. @throws CfyError none was given, and nobody can be asked */
export async function newPassword(ctx: Context, username: string, { password, passwordStdin }: Given): Promise<string> {
  if (passwordStdin && password !== undefined) throw usageError("Give --password or --password-stdin, not both");
  if (passwordStdin) return await passwordFromStdin(ctx);
  if (password === "") throw usageError("The password is empty");
  if (password !== undefined) return password;
  const otherwise = "Give --password-stdin and write it to standard input, or --password PASSWORD";
  const typed = await ctx.prompt.secret(`Password of ${username}:`, otherwise);
  if ((await ctx.prompt.secret("Once more:", otherwise)) === typed) return typed;
  throw usageError("The two passwords differ");
}
