import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { username } from "./username.ts";

/** `cfy users delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a user",
  arguments: { usernames: several(username, "USERNAME") },
  columns: NAMED_COLUMNS,
  examples: [["cfy users delete alice", "`cfy users deactivate` only keeps her out"]],
  async run(ctx, { usernames }) {
    const client = ctx.client();
    return await deleteNamed(ctx, usernames, {
      noun: ["user", "users"],
      remove(username) {
        ctx.notice(`Deleting user ${username} …`);
        return client.users.delete(username);
      },
      told(username) {
        ctx.output.line(`The user ${username} is deleted`);
        return ExitCode.Ok;
      },
    });
  },
});
