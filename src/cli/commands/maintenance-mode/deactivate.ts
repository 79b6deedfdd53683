import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy maintenance-mode deactivate` */
export const deactivate = command({
  name: "deactivate",
  summary: "End maintenance mode: requests are accepted again, queued executions start",
  examples: [["cfy maintenance-mode deactivate", "after an upgrade"]],
  async run(ctx) {
    ctx.notice("Leaving maintenance mode …");
    await ctx.client().maintenance.deactivate({ signal: ctx.signal });
    ctx.output.line("Maintenance mode is off");
    return ExitCode.Ok;
  },
});
