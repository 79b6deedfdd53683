import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy license remove` */
export const remove = command({
  name: "remove",
  summary: "Take the license from the server",
  examples: [["cfy license remove", "most requests are refused until there is another"]],
  async run(ctx) {
    await ctx.client().license.delete();
    ctx.output.line("The license is removed");
    return ExitCode.Ok;
  },
});
