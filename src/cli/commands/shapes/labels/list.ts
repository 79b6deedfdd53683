import { type Command, command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Labelled } from "./index.ts";
import { LABEL_COLUMNS, showLabels } from "./show.ts";

export const listCommand = ({ noun, group, id, example, read }: Labelled): Command =>
  command({
    name: "list",
    summary: `List the labels of a ${noun}`,
    arguments: { id },
    options: { tenant: tenantOption },
    columns: LABEL_COLUMNS,
    examples: [[`cfy ${group} labels list ${example} --json`, "each key with its values"]],
    async run(ctx, { id, tenant }) {
      ctx.notice(`Listing the labels of ${id} …`);
      return showLabels(ctx, "Labels:", await read(ctx.client({ tenant }), id));
    },
  });
