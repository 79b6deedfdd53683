import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { CONFIG_COLUMNS } from "./columns.ts";

/** `cfy config list` */
export const list = command({
  name: "list",
  summary: "List the settings of the server",
  columns: CONFIG_COLUMNS,
  examples: [["cfy config list --columns name,value", "only what they are set to"]],
  async run(ctx) {
    const entries = await ctx.client().config.list();
    await ctx.output.rows(entries, { title: "Config:", columns: CONFIG_COLUMNS });
    return ExitCode.Ok;
  },
});
