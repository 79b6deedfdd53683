import type { Execution } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { followExecution, nameOf } from "../../follow/index.ts";
import { EXECUTION_COLUMNS } from "./columns.ts";

/** Follows what was started when that is asked for, else says which execution goes on by itself. */
export const followOrShow = (
  ctx: Context,
  client: Client,
  execution: Execution,
  { wait, timeout }: { wait: boolean; timeout: number },
): Promise<ExitCode> =>
  wait ? followExecution(ctx, client, execution, { logs: false, timeout }) : showStarted(ctx, execution);

/** Says which execution goes on by itself, and how to come back to it. */
export async function showStarted(ctx: Context, execution: Execution): Promise<ExitCode> {
  if (ctx.output.format !== "table") {
    await ctx.output.record(execution, { title: "Execution:", columns: EXECUTION_COLUMNS });
    return ExitCode.Ok;
  }
  ctx.output.line(`${nameOf(execution)} is ${execution.status} (${execution.id})`);
  ctx.notice(`  cfy executions watch ${execution.id}`);
  return ExitCode.Ok;
}
