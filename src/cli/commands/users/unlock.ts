import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { username } from "./username.ts";

/** `cfy users unlock` */
export const unlock = command({
  name: "unlock",
  summary: "Let a user in again who failed to log in too often",
  arguments: { username: { ...username, complete: "locked-user" } },
  examples: [["cfy users unlock alice", "before the time of the lock is over"]],
  async run(ctx, { username }) {
    await ctx.client().users.unlock(username);
    ctx.output.line(`The user ${username} is unlocked`);
    return ExitCode.Ok;
  },
});
