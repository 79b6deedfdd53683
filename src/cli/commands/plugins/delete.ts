import { command, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a plugin",
  arguments: { pluginIds: several(pluginId, "PLUGIN_ID") },
  columns: NAMED_COLUMNS,
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Even when deployments use it" }),
    tenant: tenantOption,
  },
  examples: [["cfy plugins delete 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11", "one version of it; others stay"]],
  async run(ctx, { pluginIds, force, tenant }) {
    const client = ctx.client({ tenant });
    return await deleteNamed(ctx, pluginIds, {
      noun: ["plugin", "plugins"],
      remove(pluginId) {
        ctx.notice(`Deleting plugin ${pluginId} …`);
        return client.plugins.delete(pluginId, { force });
      },
      told(pluginId) {
        ctx.output.line(`The plugin ${pluginId} is deleted`);
        return ExitCode.Ok;
      },
    });
  },
});
