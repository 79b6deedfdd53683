import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "./username.ts";

/** `cfy users activate` */
export const activate = command({
  name: "activate",
  summary: "Let a user in again who was deactivated",
  arguments: { username: { ...username, complete: "inactive-user" } },
  examples: [["cfy users activate alice", "she is active then"]],
  async run(ctx, { username }) {
    await ctx.client().users.setActive(username, true);
    ctx.output.line(`The user ${username} is active`);
    return ExitCode.Ok;
  },
});
