import type { ExecutionGroup } from "../../../../api/groups.ts";
import type { Client } from "../../../../client/index.ts";
import type { Context } from "../../../context.ts";
import type { ExitCode } from "../../../exit-code.ts";
import { followGroup } from "../../events/follow-group.ts";
import { showChanged } from "../../outcome.ts";
import { EXECUTION_GROUP_COLUMNS } from "./columns.ts";

/** Follows the group when that is asked for, else shows it as it is now. */
export const followOrShowGroup = (
  ctx: Context,
  client: Client,
  group: ExecutionGroup,
  { what, wait, timeout }: { what: string; wait: boolean; timeout: number },
): Promise<ExitCode> =>
  wait ? followGroup(ctx, client, group, { logs: true, timeout }) : showExecutionGroup(ctx, group, what);

/** The group as it is now, and how to look at it again. */
export async function showExecutionGroup(ctx: Context, group: ExecutionGroup, what: string): Promise<ExitCode> {
  const code = await showChanged(ctx, `The execution group ${group.id} ${what}`, group, {
    title: "Execution group:",
    columns: EXECUTION_GROUP_COLUMNS,
  });
  ctx.notice(`  cfy executions groups details ${group.id}`);
  return code;
}
