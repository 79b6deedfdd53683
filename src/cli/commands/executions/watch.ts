import { command } from "../../command.ts";
import { followExecution } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { endlessTimeout, eventOptions, waitOptions } from "../../options/wait.ts";
import { executionId } from "./execution-id.ts";

/** `cfy executions watch`: shows the events of an execution from its first to its last, and exits as it comes out. */
export const watch = command({
  name: "watch",
  summary: "Follow an execution to its end",
  addition: true,
  arguments: { executionId: executionId() },
  options: {
    timeout: endlessTimeout,
    cancelOnInterrupt: waitOptions.cancelOnInterrupt,
    ...eventOptions,
    tenant: tenantOption,
  },
  examples: [
    ["cfy executions watch 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "from its first event on, even if it has ended"],
  ],
  async run(ctx, { executionId, tenant, ...args }) {
    const client = ctx.client({ tenant });
    const execution = await client.executions.get(executionId);
    return await followExecution(ctx, client, execution, {
      ...args,
      logs: args.includeLogs,
      workerNames: args.withWorkerNames,
    });
  },
});
