import { command, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins set-owner` */
export const setOwner = command({
  name: "set-owner",
  summary: "Give a plugin to another user",
  arguments: { pluginId },
  options: {
    username: text({
      flags: ["-s", "--username"],
      metavar: "USER",
      required: true,
      help: "Whose it is from now on",
      complete: "user",
    }),
  },
  examples: [["cfy plugins set-owner 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11 -s alice", "it is hers then"]],
  async run(ctx, { pluginId, username }) {
    const { created_by } = await ctx.client().plugins.update(pluginId, { creator: username });
    ctx.output.line(`The plugin ${pluginId} belongs to ${created_by}`);
    return ExitCode.Ok;
  },
});
