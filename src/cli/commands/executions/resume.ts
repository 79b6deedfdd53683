import { command, flag } from "../../command.ts";
import { followExecution } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { eventOptions, waitOptions } from "../../options/wait.ts";
import { actOn } from "./act.ts";
import { executionId } from "./execution-id.ts";
import { showStarted } from "./show-started.ts";

const { detach: _always, ...following } = waitOptions;

/** `cfy executions resume`: goes on with a failed or cancelled execution where it stopped. */
export const resume = command({
  name: "resume",
  summary: "Go on with a failed or cancelled execution",
  arguments: { executionId: executionId("resumable-execution") },
  options: {
    resetOperations: flag({
      flags: ["--reset-operations"],
      help: "Run operations that were started and did not end again",
    }),
    wait: flag({ flags: ["--wait"], off: ["--detach", "--no-wait"], help: "Follow it to its end" }),
    ...following,
    ...eventOptions,
    tenant: tenantOption,
  },
  examples: [["cfy executions resume 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --wait", "and follow it"]],
  async run(ctx, { executionId, resetOperations, wait, tenant, ...args }) {
    const client = ctx.client({ tenant });
    const execution = await actOn(ctx, client, executionId, resetOperations ? "force-resume" : "resume");
    if (!wait) return await showStarted(ctx, execution);
    return await followExecution(ctx, client, execution, {
      ...args,
      logs: args.includeLogs,
      workerNames: args.withWorkerNames,
    });
  },
});
