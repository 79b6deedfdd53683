import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "./username.ts";

/** `cfy users delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a user",
  arguments: { username },
  examples: [["cfy users delete alice", "`cfy users deactivate` only keeps her out"]],
  async run(ctx, { username }) {
    ctx.notice(`Deleting user ${username} …`);
    await ctx.client().users.delete(username);
    ctx.output.line(`The user ${username} is deleted`);
    return ExitCode.Ok;
  },
});
