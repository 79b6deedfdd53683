import { choice, command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins set-visibility` */
export const setVisibility = command({
  name: "set-visibility",
  summary: "Let more people see a plugin",
  arguments: { pluginId },
  options: {
    visibility: choice({
      flags: ["-l", "--visibility"],
      choices: ["tenant", "global"],
      required: true,
      help: "Who can see it: it can only become more",
    }),
  },
  examples: [["cfy plugins set-visibility 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11 -l global", "all tenants can use it"]],
  async run(ctx, { pluginId, visibility }) {
    await ctx.client().plugins.setVisibility(pluginId, visibility);
    ctx.output.line(`The visibility of plugin ${pluginId} is ${visibility}`);
    return ExitCode.Ok;
  },
});
