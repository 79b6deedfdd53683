import { argument, command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { PLUGINS_UPDATE_COLUMNS } from "./columns.ts";

/** `cfy plugins get-update` */
export const getUpdate = command({
  name: "get-update",
  summary: "Show an update of plugins",
  arguments: { pluginsUpdateId: argument({ help: "Id of the update", complete: "plugins-update" }) },
  options: { tenant: tenantOption },
  columns: PLUGINS_UPDATE_COLUMNS,
  examples: [
    ["cfy plugins get-update 5d3f0b7e-1c2d-4f3a-9b8c-7a6e5d4c3b2a", "its id, as `cfy plugins history` shows it"],
  ],
  async run(ctx, { pluginsUpdateId, tenant }) {
    ctx.notice(`Retrieving plugins update ${pluginsUpdateId} …`);
    const update = await ctx.client({ tenant }).pluginsUpdates.get(pluginsUpdateId);
    await ctx.output.record(update, { title: "Plugins update:", columns: PLUGINS_UPDATE_COLUMNS });
    return ExitCode.Ok;
  },
});
