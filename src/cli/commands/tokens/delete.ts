import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tokenId } from "./token-id.ts";

/** `cfy tokens delete` */
export const remove = command({
  name: "delete",
  summary: "Delete an API token: nobody can use it any more",
  arguments: { tokenId },
  examples: [["cfy tokens delete GuG7RtJYSY", "at once, wherever it is in use"]],
  async run(ctx, { tokenId }) {
    await ctx.client().tokens.delete(tokenId);
    ctx.output.line(`The token ${tokenId} is deleted`);
    return ExitCode.Ok;
  },
});
