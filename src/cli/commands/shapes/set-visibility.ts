import type { Visibility } from "../../../api/statuses.ts";
import type { Client } from "../../../client/index.ts";
import { type Command, choice, command } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import type { ResourceKind } from "./resource-kind.ts";

const WHO = { private: "its creator", tenant: "its tenant", global: "every tenant" } as const;

type Set<Row> = (client: Client, id: string, visibility: Visibility) => Promise<Row>;

/** `set-visibility`: who can see a resource. What others may use already never becomes private. */
export function setVisibilityCommand<Row>(
  { noun, group, id, example, ...shown }: ResourceKind<Row>,
  set: Set<Row>,
): Command {
  return command({
    name: "set-visibility",
    summary: `Set who can see a ${noun}`,
    arguments: { id },
    options: {
      visibility: choice({
        flags: ["-l", "--visibility"],
        choices: ["tenant", "global"],
        required: true,
        help: "tenant: all in its tenant; global: all of the server",
      }),
      tenant: tenantOption,
    },
    columns: shown.columns,
    examples: [[`cfy ${group} set-visibility ${example} -l global`, "let every tenant see it"]],
    run: async (ctx, { id, visibility, tenant }) =>
      showChanged(
        ctx,
        `The ${noun} ${id} is visible to ${WHO[visibility]}`,
        await set(ctx.client({ tenant }), id, visibility),
        shown,
      ),
  });
}

/** `set-global`: the older way to say `set-visibility -l global`. */
export function setGlobalCommand<Row>(
  { noun, group, id, example, ...shown }: ResourceKind<Row>,
  set: Set<Row>,
): Command {
  return command({
    name: "set-global",
    summary: `Let every tenant see a ${noun}, the older way`,
    arguments: { id },
    examples: [[`cfy ${group} set-visibility ${example} -l global`, "the newer way to say it"]],
    async run(ctx, { id }) {
      ctx.warn(`set-global is old; write cfy ${group} set-visibility ${id} -l global`);
      return showChanged(
        ctx,
        `The ${noun} ${id} is visible to ${WHO.global}`,
        await set(ctx.client(), id, "global"),
        shown,
      );
    },
  });
}
