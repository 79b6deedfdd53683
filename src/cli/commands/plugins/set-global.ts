import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins set-global`: the older way to say `set-visibility -l global`. */
export const setGlobal = command({
  name: "set-global",
  summary: "Let all tenants see a plugin",
  arguments: { pluginId },
  examples: [["cfy plugins set-global 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11", "as set-visibility -l global does"]],
  async run(ctx, { pluginId }) {
    await ctx.client().plugins.setVisibility(pluginId, "global");
    ctx.output.line(`The visibility of plugin ${pluginId} is global`);
    return ExitCode.Ok;
  },
});
