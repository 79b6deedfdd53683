import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { getDataOption } from "../../options/common.ts";
import { activeUsername } from "../../profiles/active-username.ts";
import { ANY_USER_COLUMNS, userColumns } from "./columns.ts";
import { username } from "./username.ts";

/** `cfy users get` */
export const get = command({
  name: "get",
  summary: "Show a user",
  arguments: { username: { ...username, required: false, help: "Name of the user; by default whom commands go as" } },
  options: { getData: getDataOption },
  columns: ANY_USER_COLUMNS,
  examples: [["cfy users get alice --get-data", "with her roles in each tenant"]],
  async run(ctx, { username, getData }) {
    ctx.notice(username === undefined ? "Retrieving the user of this profile …" : `Retrieving user ${username} …`);
    const { users } = ctx.client();
    // Whoever may not look at users may still look at themselves.
    const isSelf = username === undefined || username === (await activeUsername(ctx.env));
    const user = isSelf ? await users.self({ getData }) : await users.get(username, { getData });
    await ctx.output.record(user, { title: "Requested user info:", columns: userColumns(getData) });
    return ExitCode.Ok;
  },
});
