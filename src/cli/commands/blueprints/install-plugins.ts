import { validateBlueprint } from "../../blueprint/validate.ts";
import { argument, command } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy blueprints install-plugins`: of the original's local mode, whose workflows run in cfy's own Python. */
export const installPlugins = command({
  name: "install-plugins",
  summary: "Say which plugins of a blueprint are to be uploaded",
  description:
    "Plugins in the blueprint's own folder need no installation; all others are installed by the server when they were uploaded.",
  arguments: { blueprintPath: argument({ help: "The main file", complete: "file" }) },
  examples: [["cfy blueprints install-plugins app/blueprint.yaml", "exits 0 when there is nothing to do"]],
  async run(ctx, { blueprintPath }) {
    const plugins = await validateBlueprint(ctx, blueprintPath);
    const foreign = plugins.filter(({ source }) => source === null || source.includes("://"));
    if (foreign.length > 0) {
      throw new CfyError("plugins_to_upload", `Plugins to upload: ${foreign.map(({ name }) => name).join(", ")}`, {
        hint: "cfy plugins upload WAGON -y plugin.yaml",
      });
    }
    await ctx.output.document([], () => "There is nothing to install\n");
    return ExitCode.Ok;
  },
});
