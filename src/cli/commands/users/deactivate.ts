import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "./username.ts";

/** `cfy users deactivate` */
export const deactivate = command({
  name: "deactivate",
  summary: "Keep a user out, without deleting it",
  arguments: { username: { ...username, complete: "active-user" } },
  examples: [["cfy users deactivate alice", "she is inactive then"]],
  async run(ctx, { username }) {
    await ctx.client().users.setActive(username, false);
    ctx.output.line(`The user ${username} is inactive`);
    return ExitCode.Ok;
  },
});
