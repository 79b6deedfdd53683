import type { ExecutionGroup } from "../../../../api/groups.ts";
import type { Client } from "../../../../client/index.ts";
import type { StartExecutionGroup } from "../../../../client/resources/execution-groups.ts";
import type { Context } from "../../../context.ts";
import { sentOnce } from "../../../sent-once.ts";

/** Starts a workflow on a group, or finds it started when the answer was lost. */
export const startGroup = (ctx: Context, client: Client, request: StartExecutionGroup): Promise<ExecutionGroup> =>
  sentOnce(ctx, {
    doing: `starting ${request.workflow_id} on group ${request.deployment_group_id}`,
    send: () => client.executionGroups.start(request, { signal: ctx.signal }),
    async find(since) {
      const { items } = await client.executionGroups.page({
        deployment_group_id: request.deployment_group_id,
        workflow_id: request.workflow_id,
        _sort: "-created_at",
        _size: 1,
      });
      const [latest] = items;
      // Only a single group comes with its status.
      return latest && latest.created_at >= since ? await client.executionGroups.get(latest.id) : undefined;
    },
    look: "cfy executions groups list",
  });
