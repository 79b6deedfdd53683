import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { awaitExecution, exitCodeOf, nameOf, reportOutcome } from "../../follow/index.ts";
import { startExecution } from "../executions/start-execution.ts";

const CHECKS = ["check_drift", "check_status"];
const TIMEOUT_SECONDS = 900;

/** Lets a deployment look after its instances, so that what is listed then is true now. */
export async function runChecks(ctx: Context, client: Client, deploymentId: string): Promise<void> {
  for (const workflow_id of CHECKS) {
    const execution = await startExecution(ctx, client, { deployment_id: deploymentId, workflow_id, parameters: null });
    const outcome = await awaitExecution(ctx, client, execution, { logs: false, timeout: TIMEOUT_SECONDS });
    if (outcome.kind === "ended" && outcome.subject.status === "terminated") continue;
    if (outcome.kind !== "ended") reportOutcome(ctx, outcome, execution, { timeout: TIMEOUT_SECONDS });
    const why = outcome.kind === "ended" ? outcome.subject.error || outcome.subject.status : outcome.kind;
    throw new CfyError("check_failed", `${nameOf(execution)} did not come to its end: ${why}`, {
      exit: outcome.kind === "ended" ? exitCodeOf(outcome.subject.status) : undefined,
      hint: `cfy events list ${execution.id}`,
    });
  }
}
