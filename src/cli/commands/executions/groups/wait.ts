import { argument, command } from "../../../command.ts";
import {
  type Awaited,
  awaitMany,
  type ExecutionGroup,
  executionGroupStatusSource,
  groupNameOf,
  whyPaused,
  withStatus,
} from "../../../follow/index.ts";
import { tenantOption } from "../../../options/common.ts";
import { severalWait } from "../../../options/wait.ts";
import type { Column } from "../../../output/column.ts";
import { sayEnding, waitExit } from "../../wait-for.ts";
import { executionsByStatus } from "./by-status.ts";

interface Waited extends ExecutionGroup {
  executions: Record<string, number>;
}

const COLUMNS: readonly Column<Waited>[] = [
  { key: "id" },
  { key: "workflow_id", priority: 2, whole: false },
  { key: "deployment_group_id", priority: 1 },
  { key: "status", priority: 3 },
  { key: "executions", shown: ({ executions }) => countsText(executions) },
];

const countsText = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ");

/** `cfy executions groups wait`: until the last execution of each has ended. */
export const wait = command({
  name: "wait",
  summary: "Wait until execution groups have ended",
  addition: true,
  arguments: {
    groupIds: argument({
      help: "Ids of execution groups",
      metavar: "GROUP_ID",
      variadic: true,
      complete: "execution-group",
    }),
  },
  options: {
    ...severalWait,
    tenant: tenantOption,
  },
  exclusive: [["all", "any"]],
  columns: COLUMNS,
  examples: [
    ["cfy executions groups wait 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --timeout 2h", "then exit 0, 1, 3 or 124"],
  ],
  async run(ctx, { groupIds, any, timeout, tenant }) {
    const client = ctx.client({ tenant });
    const found = await Promise.all(
      [...new Set(groupIds)].map((id) => client.executionGroups.get(id, { signal: ctx.signal }).then(withStatus)),
    );
    const wanted = found.map(
      (group): Awaited<ExecutionGroup> => ({
        subject: group,
        name: groupNameOf(group),
        source: executionGroupStatusSource(client, group.id),
      }),
    );
    for (const group of found) {
      const paused = whyPaused(group);
      if (paused) ctx.notice(`${groupNameOf(group)} ${paused}`);
    }
    const endings = await awaitMany(ctx, wanted, { any, timeout, onEnd: (ending) => sayEnding(ctx, ending) });
    const rows = await Promise.all(
      endings.map(async ({ subject }) => ({ ...subject, executions: await executionsByStatus(client, subject.id) })),
    );
    await ctx.output.rows(rows, { title: "Execution groups:", columns: COLUMNS });
    return waitExit(ctx, endings, { timeout, again: (id) => `cfy executions groups wait ${id}` });
  },
});
