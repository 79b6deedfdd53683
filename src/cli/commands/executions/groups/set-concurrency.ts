import { argument, command } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { tenantOption } from "../../../options/common.ts";
import { integerType } from "../../../value-type.ts";
import { groupId } from "./group-id.ts";
import { showExecutionGroup } from "./show.ts";

/** `cfy executions groups set-concurrency` */
export const setConcurrency = command({
  name: "set-concurrency",
  summary: "Set how many executions of a group run at a time",
  arguments: { groupId, concurrency: argument({ help: "At most so many; 0 starts no more", type: integerType }) },
  options: { tenant: tenantOption },
  examples: [["cfy executions groups set-concurrency 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 0", "start no more for now"]],
  async run(ctx, { groupId, concurrency, tenant }) {
    if (concurrency < 0) throw usageError("The concurrency is 0 or more");
    const group = await ctx.client({ tenant }).executionGroups.update(groupId, { concurrency });
    return showExecutionGroup(ctx, group, `runs ${concurrency} at a time`);
  },
});
