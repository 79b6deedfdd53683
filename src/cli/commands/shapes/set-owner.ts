import type { Client } from "../../../client/index.ts";
import { type Command, command, text } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import type { ResourceKind } from "./resource-kind.ts";

/** `set-owner`: gives a resource to another user. */
export function setOwnerCommand<Row>(
  { noun, group, id, example, ...shown }: ResourceKind<Row>,
  set: (client: Client, id: string, username: string) => Promise<Row>,
): Command {
  return command({
    name: "set-owner",
    summary: `Give a ${noun} to another user`,
    arguments: { id },
    options: {
      username: text({
        flags: ["-s", "--username"],
        metavar: "USER",
        required: true,
        help: "Who owns it from now on",
        complete: "user",
      }),
      tenant: tenantOption,
    },
    columns: shown.columns,
    examples: [[`cfy ${group} set-owner ${example} -s bob`, "it is bob's from now on"]],
    run: async (ctx, { id, username, tenant }) =>
      showChanged(
        ctx,
        `The ${noun} ${id} belongs to ${username}`,
        await set(ctx.client({ tenant }), id, username),
        shown,
      ),
  });
}
