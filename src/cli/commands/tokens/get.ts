import { argument, command } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { TOKEN_COLUMNS } from "./columns.ts";

/** `cfy tokens get` */
export const get = command({
  name: "get",
  summary: "Show an API token, without its value",
  arguments: { tokenId: argument({ help: "Id of the token", required: false, complete: "token" }) },
  columns: TOKEN_COLUMNS,
  examples: [["cfy tokens get GuG7RtJYSY", "until when is it valid?"]],
  async run(ctx, { tokenId }) {
    if (tokenId === undefined) {
      throw usageError("Which token?", {
        hint: ["cfy tokens list", "To make one and see its value: cfy tokens create"],
      });
    }
    ctx.notice(`Retrieving token ${tokenId} …`);
    const token = await ctx.client().tokens.get(tokenId);
    await ctx.output.record(token, { title: "REST token", columns: TOKEN_COLUMNS });
    return ExitCode.Ok;
  },
});
