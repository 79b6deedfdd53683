import { command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { EXECUTION_GROUP_COLUMNS } from "./columns.ts";
import { groupId } from "./group-id.ts";

/** `cfy executions groups get` */
export const get = command({
  name: "get",
  summary: "Show an execution group",
  arguments: { executionGroupId: groupId },
  options: { tenant: tenantOption },
  columns: EXECUTION_GROUP_COLUMNS,
  examples: [
    ["cfy executions groups get 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --json", "with the ids of its executions"],
  ],
  async run(ctx, { executionGroupId, tenant }) {
    const group = await ctx.client({ tenant }).executionGroups.get(executionGroupId);
    await ctx.output.record(group, { title: "Execution group:", columns: EXECUTION_GROUP_COLUMNS });
    return ExitCode.Ok;
  },
});
