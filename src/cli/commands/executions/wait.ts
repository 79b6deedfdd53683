import { argument, command, duration } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution, reportOutcome } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";

/** `cfy executions wait`: waits in silence until executions have ended, and exits as the worst of them came out. */
export const wait = command({
  name: "wait",
  summary: "Wait until executions have ended",
  addition: true,
  arguments: { executionIds: argument({ help: "Ids of executions", variadic: true, complete: "active-execution" }) },
  options: {
    timeout: duration({ flags: ["--timeout"], default: 0, metavar: "DURATION", help: "How long to wait; 0: for ever" }),
    tenant: tenantOption,
  },
  examples: [["cfy executions wait 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --timeout 15m", "then exit 0, 1, 3 or 124"]],
  async run(ctx, { executionIds, timeout, tenant }) {
    const client = ctx.client({ tenant });
    const executions = await Promise.all(executionIds.map((id) => client.executions.get(id)));
    const outcomes = await Promise.all(
      executions.map(async (execution) => ({
        execution,
        outcome: await awaitExecution(ctx, client, execution, { logs: false, showEvents: false, timeout }),
      })),
    );
    const codes = outcomes.map(({ execution, outcome }) => reportOutcome(ctx, outcome, execution, { timeout }));
    return codes.find((code) => code !== ExitCode.Ok) ?? ExitCode.Ok;
  },
});
