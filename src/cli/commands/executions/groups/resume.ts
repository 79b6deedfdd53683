import { command, flag } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { optionalWait } from "../../../options/wait.ts";
import { groupId } from "./group-id.ts";
import { followOrShowGroup } from "./show.ts";

/** `cfy executions groups resume` */
export const resume = command({
  name: "resume",
  summary: "Go on with the failed and cancelled executions of a group",
  arguments: { groupId },
  options: {
    resetOperations: flag({
      flags: ["--reset-operations"],
      help: "Run operations that were started and did not end again",
    }),
    ...optionalWait,
    tenant: tenantOption,
  },
  examples: [["cfy executions groups resume 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "those that ended well stay"]],
  async run(ctx, { groupId, resetOperations, tenant, ...waiting }) {
    const action = resetOperations ? "force-resume" : "resume";
    const client = ctx.client({ tenant });
    const group = await client.executionGroups.act(groupId, action);
    return await followOrShowGroup(ctx, client, group, { what: "goes on", ...waiting });
  },
});
