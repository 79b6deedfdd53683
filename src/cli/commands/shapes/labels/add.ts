import { argument, type Command, command } from "../../../command.ts";
import { labelText, parseLabels, wireLabel } from "../../../inputs/labels.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Labelled } from "./index.ts";
import { LABEL_COLUMNS, showLabels } from "./show.ts";

/** `labels add`: what is there stays; what is there already is not sent again. */
export const addCommand = ({ noun, group, id, example, read, write }: Labelled): Command =>
  command({
    name: "add",
    summary: `Add labels to a ${noun}`,
    arguments: {
      labelsList: argument({ help: "key:value,key:value; \\, and \\: are a comma and a colon inside a value" }),
      id,
    },
    options: { tenant: tenantOption },
    columns: LABEL_COLUMNS,
    examples: [[`cfy ${group} labels add env:prod,team:blue ${example}`, "two labels"]],
    async run(ctx, { labelsList, id, tenant }) {
      const wanted = parseLabels(labelsList);
      const client = ctx.client({ tenant });
      const present = await read(client, id);
      const known = new Set(present.map((label) => labelText(wireLabel(label))));
      const added = wanted.filter((label) => !known.has(labelText(label)));
      if (added.length === 0) {
        ctx.notice(`The ${noun} ${id} has these labels already`);
        return showLabels(ctx, "Labels:", present);
      }
      const now = await write(client, id, [...present.map(wireLabel), ...added]);
      ctx.notice(`Added to the ${noun} ${id}: ${added.map(labelText).join(", ")}`);
      return showLabels(ctx, "Labels:", now);
    },
  });
