import type { Execution } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution, exitCodeOf, interruptedBy, nameOf } from "../../follow/index.ts";
import { startExecution } from "../executions/start-execution.ts";

const CHECKS = ["check_drift", "check_status"];
const TIMEOUT_SECONDS = 900;

/** Lets a deployment look after its instances, so that what is listed then is true now. */
export async function runChecks(ctx: Context, client: Client, deploymentId: string): Promise<void> {
  for (const workflow_id of CHECKS) {
    const execution = await startExecution(ctx, client, { deployment_id: deploymentId, workflow_id, parameters: null });
    // A program has asked for nodes, and gets nothing else.
    const showEvents = ctx.output.format === "table";
    const options = { logs: false, showEvents, timeout: TIMEOUT_SECONDS };
    const outcome = await awaitExecution(ctx, client, execution, options);
    if (outcome.kind !== "ended") throw unfinished(ctx, outcome.kind, execution);
    const { status, error } = outcome.subject;
    if (status === "terminated") continue;
    throw new CfyError("check_failed", `${nameOf(execution)} did not complete: ${error || status}`, {
      exit: exitCodeOf(status),
      hint: `cfy events list ${execution.id}`,
    });
  }
}

function unfinished(ctx: Context, how: "gone" | "timed-out" | "detached", execution: Execution): CfyError {
  const exits = { gone: ExitCode.NotFound, "timed-out": ExitCode.TimedOut, detached: interruptedBy(ctx) };
  return new CfyError("check_unfinished", `${nameOf(execution)} was left before its end (${how})`, {
    exit: exits[how],
    hint: `cfy executions watch ${execution.id}`,
  });
}
