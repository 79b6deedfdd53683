import { argument, type Command, command } from "../../../command.ts";
import { labelText, parseLabelsToDelete, wireLabel } from "../../../inputs/labels.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Labelled } from "./index.ts";
import { LABEL_COLUMNS, showLabels } from "./show.ts";

/** `labels delete`: single labels, or all of a key. */
export const deleteCommand = ({ noun, group, id, example, read, write }: Labelled): Command =>
  command({
    name: "delete",
    summary: `Take labels away from a ${noun}`,
    arguments: {
      label: argument({ help: "key:value for one label, key for all of that key; several with commas" }),
      id,
    },
    options: { tenant: tenantOption },
    columns: LABEL_COLUMNS,
    examples: [
      [`cfy ${group} labels delete env:prod ${example}`, "one label"],
      [`cfy ${group} labels delete env,team ${example}`, "all that are about env or team"],
    ],
    async run(ctx, { label, id, tenant }) {
      const unwanted = parseLabelsToDelete(label);
      const client = ctx.client({ tenant });
      const present = (await read(client, id)).map((each) => ({ ...each, text: labelText(wireLabel(each)) }));
      const kept = present.filter(({ key, text }) => !unwanted.has(key) && !unwanted.has(text));
      if (kept.length === present.length) {
        ctx.notice(`The ${noun} ${id} has no such labels`);
        return showLabels(ctx, "Labels:", present);
      }
      const now = await write(client, id, kept.map(wireLabel));
      ctx.notice(
        `Taken away from the ${noun} ${id}: ${present
          .filter((each) => !kept.includes(each))
          .map(({ text }) => text)
          .join(", ")}`,
      );
      return showLabels(ctx, "Labels:", now);
    },
  });
