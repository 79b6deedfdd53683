import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { snapshotId } from "./snapshot-id.ts";

/** `cfy snapshots delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a snapshot",
  arguments: { snapshotId },
  options: { tenant: tenantOption },
  examples: [["cfy snapshots delete before_upgrade", "from the server; a download of it stays"]],
  async run(ctx, { snapshotId, tenant }) {
    ctx.notice(`Deleting snapshot ${snapshotId} …`);
    await ctx.client({ tenant }).snapshots.delete(snapshotId);
    ctx.output.line(`The snapshot ${snapshotId} is deleted`);
    return ExitCode.Ok;
  },
});
