import { command } from "../../command.ts";
import { outputPathOption, tenantOption } from "../../options/common.ts";
import { saveDownload } from "../../transfer.ts";
import { snapshotId } from "./snapshot-id.ts";

/** `cfy snapshots download` */
export const download = command({
  name: "download",
  summary: "Download a snapshot",
  arguments: { snapshotId },
  options: { outputPath: outputPathOption, tenant: tenantOption },
  examples: [["cfy snapshots download before_upgrade -o backup.zip", "the file appears when all of it is there"]],
  async run(ctx, { snapshotId, outputPath, tenant }) {
    ctx.notice(`Downloading snapshot ${snapshotId} …`);
    const { snapshots } = ctx.client({ tenant });
    return await saveDownload(ctx, outputPath, (options) => snapshots.download(snapshotId, options));
  },
});
