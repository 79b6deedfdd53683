import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy license check` */
export const check = command({
  name: "check",
  summary: "Say whether the server has a valid license",
  examples: [["cfy license check && echo licensed", "exits with 1 where there is none, or it has expired"]],
  async run(ctx) {
    await ctx.client().license.check();
    ctx.output.line("The server has a valid license");
    return ExitCode.Ok;
  },
});
