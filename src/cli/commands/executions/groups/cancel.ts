import { command, flag } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { optionalWait } from "../../../options/wait.ts";
import { groupId } from "./group-id.ts";
import { followOrShowGroup } from "./show.ts";

/** `cfy executions groups cancel`: each of its executions, as `executions cancel` does. */
export const cancel = command({
  name: "cancel",
  summary: "Cancel the executions of a group",
  arguments: { groupId },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Do not wait for running operations" }),
    kill: flag({ flags: ["-k", "--kill"], help: "End their processes" }),
    ...optionalWait,
    tenant: tenantOption,
  },
  examples: [
    ["cfy executions groups cancel 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "ask them to stop at their next step"],
  ],
  async run(ctx, { groupId, force, kill, tenant, ...waiting }) {
    const action = kill ? "kill" : force ? "force-cancel" : "cancel";
    const client = ctx.client({ tenant });
    const group = await client.executionGroups.act(groupId, action);
    return await followOrShowGroup(ctx, client, group, { what: "is being cancelled", ...waiting });
  },
});
