import { RestError } from "../../../client/index.ts";
import { command, duration, flag } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution, reportOutcome } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { actOn } from "./act.ts";
import { executionId } from "./execution-id.ts";
import { showStarted } from "./show-started.ts";

/** `cfy executions cancel`: asks a workflow to stop. Cancel waits for it, force does not, kill ends its processes. */
export const cancel = command({
  name: "cancel",
  summary: "Cancel an execution",
  arguments: { executionId: executionId("active-execution") },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Do not wait for running operations" }),
    kill: flag({ flags: ["-k", "--kill"], help: "End its processes" }),
    wait: flag({
      flags: ["--wait"],
      off: ["--detach", "--no-wait"],
      help: "Until it has ended; the exit code is then 0 when it was cancelled",
    }),
    timeout: duration({ flags: ["--timeout"], default: 900, metavar: "DURATION", help: "How long to wait" }),
    tenant: tenantOption,
  },
  examples: [
    ["cfy executions cancel 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "ask it to stop at its next step"],
    [
      "cfy executions cancel 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --kill --wait",
      "end it now and wait until it has ended",
    ],
  ],
  async run(ctx, { executionId, force, kill, wait, timeout, tenant }) {
    const action = kill ? "kill" : force ? "force-cancel" : "cancel";
    const client = ctx.client({ tenant });
    const execution = await actOn(ctx, client, executionId, action).catch((error: unknown) => {
      throw refusal(error, executionId);
    });
    if (!wait) return await showStarted(ctx, execution);
    const outcome = await awaitExecution(ctx, client, execution, { logs: true, timeout });
    return reportOutcome(ctx, outcome, execution, { timeout, expected: "cancelled" });
  },
});

/** It has ended, or is being cancelled no less strictly already. */
function refusal(error: unknown, id: string): unknown {
  if (!(error instanceof RestError && error.code === "illegal_action_error")) return error;
  return new CfyError(error.code, error.message, {
    exit: ExitCode.Conflict,
    hint: `cfy executions get ${id}`,
    status: error.status,
    requestId: error.requestId,
    cause: error,
  });
}
