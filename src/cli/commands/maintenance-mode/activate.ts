import type { Client } from "../../../client/index.ts";
import { command, duration, flag } from "../../command.ts";
import type { Context } from "../../context.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";

const LOOK_EVERY_MS = 5000;

/** `cfy maintenance-mode activate` */
export const activate = command({
  name: "activate",
  summary: "Refuse requests that change something, once running executions have ended",
  options: {
    wait: flag({ flags: ["--wait"], help: "Wait until it is in maintenance mode" }),
    timeout: duration({
      flags: ["--timeout"],
      default: 0,
      metavar: "DURATION",
      help: "With --wait: how long; 0: for ever",
    }),
  },
  examples: [["cfy maintenance-mode activate --wait --timeout 10m", "before an upgrade"]],
  async run(ctx, { wait, timeout }) {
    if (timeout > 0 && !wait) throw usageError("--timeout says how long to wait, and --wait is missing");
    ctx.notice("Entering maintenance mode …");
    const client = ctx.client();
    const state = await client.maintenance.activate({ signal: ctx.signal });
    if (wait) await activated(ctx, client, timeout);
    ctx.output.line(
      wait || state.status === "activated" ? "The server is in maintenance mode" : `It is ${state.status}`,
    );
    ctx.notice("  cfy maintenance-mode status\n  cfy maintenance-mode deactivate");
    return ExitCode.Ok;
  },
});

/** @throws CfyError the time is over; the server goes on entering maintenance mode */
async function activated(ctx: Context, client: Client, timeoutSeconds: number): Promise<void> {
  const deadline = timeoutSeconds > 0 ? ctx.clock.now() + timeoutSeconds * 1000 : Number.POSITIVE_INFINITY;
  for (;;) {
    const { status } = await client.maintenance.status({ signal: ctx.signal });
    if (status === "activated") return;
    if (ctx.clock.now() >= deadline) {
      throw new CfyError(
        "timed_out",
        `The server is not in maintenance mode after ${timeoutSeconds} seconds (${status})`,
        {
          exit: ExitCode.TimedOut,
          hint: [
            "It goes on waiting for executions to end: cfy maintenance-mode status -x",
            "cfy maintenance-mode deactivate",
          ],
        },
      );
    }
    await ctx.clock.sleep(Math.min(LOOK_EVERY_MS, deadline - ctx.clock.now()), ctx.signal);
  }
}
