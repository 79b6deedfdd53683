import type { Execution } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import { argument, command } from "../../command.ts";
import type { Context } from "../../context.ts";
import type { ExitCode } from "../../exit-code.ts";
import { type Awaited, awaitMany, executionStatusSource, nameOf, WaitingNotices } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { severalWait } from "../../options/wait.ts";
import type { Column } from "../../output/column.ts";
import { elapsedText } from "../../output/elapsed.ts";
import { sayEnding, waitExit } from "../wait-for.ts";

const secondsOf = (execution: Execution, now: number): number | undefined =>
  execution.started_at === null
    ? undefined
    : (Date.parse(execution.ended_at ?? new Date(now).toISOString()) - Date.parse(execution.started_at)) / 1000;

interface Waited extends Execution {
  /** Seconds from its start to its end, or to now. */
  duration: number | undefined;
}

const COLUMNS: readonly Column<Waited>[] = [
  { key: "id" },
  { key: "workflow_id", priority: 2, whole: false },
  { key: "deployment_id", priority: 1 },
  { key: "status", priority: 3, value: ({ status_display }) => status_display },
  { key: "duration", shown: ({ duration }) => (duration === undefined ? "" : elapsedText(duration)) },
  { key: "error", value: ({ error }) => error?.trim().split("\n").at(-1) ?? null },
];

/** `cfy executions wait`: waits in silence until executions have ended, and exits as they came out together. */
export const wait = command({
  name: "wait",
  summary: "Wait until executions have ended",
  description:
    "stderr says when one ends and why one does not run yet; the table at the end shows them all. The exit code is that of all of them together: see `cfy help exit-codes`.",
  addition: true,
  arguments: {
    executionIds: argument({
      help: "Ids of executions",
      metavar: "EXECUTION_ID",
      variadic: true,
      complete: "active-execution",
    }),
  },
  options: {
    ...severalWait,
    tenant: tenantOption,
  },
  exclusive: [["all", "any"]],
  columns: COLUMNS,
  examples: [
    ["cfy executions wait 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --timeout 15m", "then exit 0, 1, 3 or 124"],
    ["cfy executions wait $(cfy executions list --output id) --any --json", "which one of these ends first?"],
  ],
  async run(ctx, { executionIds, any, timeout, tenant }) {
    return await waitForExecutions(ctx, ctx.client({ tenant }), executionIds, { any, timeout });
  },
});

async function waitForExecutions(
  ctx: Context,
  client: Client,
  ids: readonly string[],
  { any, timeout }: { any: boolean; timeout: number },
): Promise<ExitCode> {
  // Before any waiting: one that does not exist is a mistake that should be told now.
  const found = await Promise.all([...new Set(ids)].map((id) => client.executions.get(id, {}, { signal: ctx.signal })));
  const notices = new Map(found.map(({ id }) => [id, new WaitingNotices(ctx, client)]));
  const wanted = found.map(
    (execution): Awaited<Execution> => ({
      subject: execution,
      name: nameOf(execution),
      source: executionStatusSource(client, execution.id),
    }),
  );
  try {
    const endings = await awaitMany(ctx, wanted, {
      any,
      timeout,
      onStatus: (execution, say) => notices.get(execution.id)?.seen(execution, say),
      onEnd: (ending) => sayEnding(ctx, ending),
    });
    const rows = endings.map(({ subject }) => ({ ...subject, duration: secondsOf(subject, ctx.clock.now()) }));
    await ctx.output.rows(rows, { title: "Executions:", columns: COLUMNS });
    return waitExit(ctx, endings, { timeout, again: (id) => `cfy executions watch ${id}` });
  } finally {
    for (const each of notices.values()) each.stop();
  }
}
