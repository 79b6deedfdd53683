import { command, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a plugin",
  arguments: { pluginId },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Even when deployments use it" }),
    tenant: tenantOption,
  },
  examples: [["cfy plugins delete 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11", "one version of it; others stay"]],
  async run(ctx, { pluginId, force, tenant }) {
    ctx.notice(`Deleting plugin ${pluginId} …`);
    await ctx.client({ tenant }).plugins.delete(pluginId, { force });
    ctx.output.line(`The plugin ${pluginId} is deleted`);
    return ExitCode.Ok;
  },
});
