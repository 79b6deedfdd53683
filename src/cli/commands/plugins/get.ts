import type { Plugin } from "../../../api/archives.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { getDataOption, tenantOption } from "../../options/common.ts";
import { pluginColumns } from "./columns.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins get` */
export const get = command({
  name: "get",
  summary: "Show a plugin, and where it is installed",
  arguments: { pluginId },
  options: { getData: getDataOption, tenant: tenantOption },
  columns: pluginColumns(true),
  examples: [["cfy plugins get 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11", "its id, as `cfy plugins list` shows it"]],
  async run(ctx, { pluginId, getData, tenant }) {
    ctx.notice(`Retrieving plugin ${pluginId} …`);
    const plugin = await ctx.client({ tenant }).plugins.get(pluginId, { _get_data: getData });
    await ctx.output.record(plugin, {
      title: "Plugin:",
      columns: pluginColumns(getData),
      sections: [{ title: "Plugin installation state:", content: statesOf(plugin) }],
    });
    return ExitCode.Ok;
  },
});

const statesOf = ({ installation_state: states }: Plugin): Record<string, string> =>
  Object.fromEntries(
    (states ?? []).map(({ manager, agent, state }) => [manager ? `Manager ${manager}` : `Agent ${agent}`, state]),
  );
