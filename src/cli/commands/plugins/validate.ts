import { argument, command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { counted } from "../../output/counted.ts";
import { readWagon } from "../../plugin/wagon.ts";

/** `cfy plugins validate` */
export const validate = command({
  name: "validate",
  summary: "Check the archive of a plugin without uploading it",
  arguments: { pluginPath: argument({ help: "The wagon (.wgn)", complete: "file" }) },
  examples: [["cfy plugins validate my_plugin-1.0-py311-none-any.wgn", "is it whole?"]],
  async run(ctx, { pluginPath }) {
    const { package_name, package_version, wheels } = await readWagon(pluginPath);
    const content = counted(wheels.length, "wheel");
    ctx.output.line(`${pluginPath} is valid: ${package_name} ${package_version}, ${content}`);
    return ExitCode.Ok;
  },
});
