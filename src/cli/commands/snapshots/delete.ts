import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { snapshotId } from "./snapshot-id.ts";

/** `cfy snapshots delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a snapshot",
  arguments: { snapshotIds: several(snapshotId, "SNAPSHOT_ID") },
  columns: NAMED_COLUMNS,
  options: { tenant: tenantOption },
  examples: [["cfy snapshots delete before_upgrade", "from the server; a download of it stays"]],
  async run(ctx, { snapshotIds, tenant }) {
    const client = ctx.client({ tenant });
    return await deleteNamed(ctx, snapshotIds, {
      noun: ["snapshot", "snapshots"],
      remove(snapshotId) {
        ctx.notice(`Deleting snapshot ${snapshotId} …`);
        return client.snapshots.delete(snapshotId);
      },
      told(snapshotId) {
        ctx.output.line(`The snapshot ${snapshotId} is deleted`);
        return ExitCode.Ok;
      },
    });
  },
});
