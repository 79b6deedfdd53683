import type { Execution } from "../../../api/resources.ts";
import { ACTIVE_STATUSES, WAITING_STATUSES } from "../../../api/statuses.ts";
import { RestError } from "../../../client/index.ts";
import { bulkOptions } from "../../bulk/options.ts";
import { type Bulk, eitherColumns, runBulk } from "../../bulk/run-bulk.ts";
import { targetsOf } from "../../bulk/targets.ts";
import { argument, command, duration, flag } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitEnd, awaitExecution, reportOutcome } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { actOn } from "./act.ts";
import { EXECUTION_COLUMNS } from "./columns.ts";
import { EXECUTION_BULK, executionSelection, selectedExecutions, selectsExecutions } from "./selection.ts";
import { showStarted } from "./show-started.ts";

const POSSIBLE = [...ACTIVE_STATUSES, ...WAITING_STATUSES];

/** `cfy executions cancel`: asks workflows to stop. Cancel waits for them, force does not, kill ends their processes. */
export const cancel = command({
  name: "cancel",
  summary: "Cancel an execution, or many",
  description:
    "Several ids, and those that options select, are cancelled one by one with a row for each; a selection is asked about first.",
  arguments: {
    executionIds: argument({
      help: "Ids of executions",
      metavar: "EXECUTION_ID",
      required: false,
      variadic: true,
      complete: "active-execution",
    }),
  },
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
    ...executionSelection(POSSIBLE),
    ...bulkOptions,
  },
  columns: eitherColumns(EXECUTION_COLUMNS, EXECUTION_BULK.columns),
  examples: [
    ["cfy executions cancel 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "ask it to stop at its next step"],
    [
      "cfy executions cancel 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --kill --wait",
      "end it now and wait until it has ended",
    ],
    ["cfy executions cancel --workflow-id heal -lr env=test", "every heal on the deployments with a label; asks first"],
    ["cfy executions cancel --all --status queued --yes", "empty the queue"],
  ],
  async run(ctx, { executionIds, force, kill, wait, timeout, tenant, yes, dryRun, concurrency, ...selection }) {
    const action = kill ? "kill" : force ? "force-cancel" : "cancel";
    const client = ctx.client({ tenant });
    const cancelOne = (id: string) =>
      actOn(ctx, client, id, action).catch((error: unknown) => {
        throw refusal(error, id);
      });
    const targets = targetsOf(executionIds, { selected: selectsExecutions(selection), metavar: "EXECUTION_ID" });
    if (targets.kind === "one" && !dryRun) {
      const execution = await cancelOne(targets.id);
      if (!wait) return await showStarted(ctx, execution);
      const outcome = await awaitExecution(ctx, client, execution, { logs: true, timeout });
      return reportOutcome(ctx, outcome, execution, { timeout, expected: "cancelled" });
    }
    const bulk: Bulk<Execution> = {
      ...EXECUTION_BULK,
      verb: "cancel",
      done: wait || dryRun ? "cancelled" : "told to stop",
      async act({ id }, now) {
        const asked = await cancelOne(id);
        now(asked);
        if (!wait) return asked.status;
        await awaitEnd(ctx, client, asked, { timeout, expected: "cancelled" });
        return undefined;
      },
    };
    return await runBulk(ctx, bulk, targets, {
      find: () => selectedExecutions(ctx, client, selection, POSSIBLE),
      yes,
      dryRun,
      concurrency,
    });
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
