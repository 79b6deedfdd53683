import type { Execution } from "../../../api/resources.ts";
import { bulkOptions } from "../../bulk/options.ts";
import { type Bulk, eitherColumns, runBulk } from "../../bulk/run-bulk.ts";
import { refuseCancelOnInterrupt, targetsOf } from "../../bulk/targets.ts";
import { argument, command, flag } from "../../command.ts";
import { awaitEnd, followExecution } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { eventOptions, waitOptions } from "../../options/wait.ts";
import { actOn } from "./act.ts";
import { EXECUTION_COLUMNS } from "./columns.ts";
import { EXECUTION_BULK, executionSelection, selectedExecutions, selectsExecutions } from "./selection.ts";
import { showStarted } from "./show-started.ts";

const { detach: _always, ...following } = waitOptions;

const POSSIBLE = ["failed", "cancelled"] as const;

/** `cfy executions resume`: goes on with failed or cancelled executions where they stopped. */
export const resume = command({
  name: "resume",
  summary: "Go on with a failed or cancelled execution, or with many",
  description:
    "Several ids, and those that options select, are resumed one by one with a row for each; a selection is asked about first.",
  arguments: {
    executionIds: argument({
      help: "Ids of executions",
      metavar: "EXECUTION_ID",
      required: false,
      variadic: true,
      complete: "resumable-execution",
    }),
  },
  options: {
    resetOperations: flag({
      flags: ["--reset-operations"],
      help: "Run operations that were started and did not end again",
    }),
    wait: flag({ flags: ["--wait"], off: ["--detach", "--no-wait"], help: "Follow it to its end" }),
    ...following,
    ...eventOptions,
    tenant: tenantOption,
    ...executionSelection(POSSIBLE),
    ...bulkOptions,
  },
  columns: eitherColumns(EXECUTION_COLUMNS, EXECUTION_BULK.columns),
  examples: [
    ["cfy executions resume 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --wait", "and follow it"],
    ["cfy executions resume --workflow-id install --status failed --wait", "every install that failed; asks first"],
  ],
  async run(ctx, { executionIds, resetOperations, wait, tenant, ...args }) {
    const {
      yes,
      dryRun,
      concurrency,
      deploymentIds,
      workflowId,
      statuses,
      filterId,
      labelsRule,
      attrsRule,
      groupId,
      all,
    } = args;
    const selection = { deploymentIds, workflowId, statuses, filterId, labelsRule, attrsRule, groupId, all };
    const client = ctx.client({ tenant });
    const action = resetOperations ? "force-resume" : "resume";
    const targets = targetsOf(executionIds, { selected: selectsExecutions(selection), metavar: "EXECUTION_ID" });
    if (targets.kind === "one" && !dryRun) {
      const execution = await actOn(ctx, client, targets.id, action);
      if (!wait) return await showStarted(ctx, execution);
      const showing = { ...args, logs: args.includeLogs, workerNames: args.withWorkerNames };
      return await followExecution(ctx, client, execution, showing);
    }
    refuseCancelOnInterrupt(args);
    const bulk: Bulk<Execution> = {
      ...EXECUTION_BULK,
      verb: "resume",
      done: "resumed",
      async act({ id }, now) {
        const execution = await actOn(ctx, client, id, action);
        now(execution);
        if (!wait) return undefined;
        await awaitEnd(ctx, client, execution, args);
        return "completed";
      },
    };
    const find = () => selectedExecutions(ctx, client, selection, POSSIBLE);
    return await runBulk(ctx, bulk, targets, { find, yes, dryRun, concurrency });
  },
});
