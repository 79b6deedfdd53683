import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { tokenId } from "./token-id.ts";

/** `cfy tokens delete` */
export const remove = command({
  name: "delete",
  summary: "Delete an API token: nobody can use it any more",
  arguments: { tokenIds: several(tokenId, "TOKEN_ID") },
  columns: NAMED_COLUMNS,
  examples: [["cfy tokens delete GuG7RtJYSY", "at once, wherever it is in use"]],
  async run(ctx, { tokenIds }) {
    const client = ctx.client();
    return await deleteNamed(ctx, tokenIds, {
      noun: ["token", "tokens"],
      remove: (tokenId) => client.tokens.delete(tokenId),
      told(tokenId) {
        ctx.output.line(`The token ${tokenId} is deleted`);
        return ExitCode.Ok;
      },
    });
  },
});
