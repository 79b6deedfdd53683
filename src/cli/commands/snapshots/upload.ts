import { fileBody } from "../../../client/index.ts";
import { argument, command, text } from "../../command.ts";
import { requireLicense } from "../../connection/licensed.ts";
import { ExitCode } from "../../exit-code.ts";
import { madeUpName } from "../../inputs/made-up-name.ts";
import { validName } from "../../inputs/names.ts";
import { isUrl } from "../../inputs/url.ts";
import { tenantOption } from "../../options/common.ts";
import { withProgressBar } from "../../transfer.ts";
import { ARCHIVE_COLUMNS } from "../archive-columns.ts";

/** `cfy snapshots upload` */
export const upload = command({
  name: "upload",
  summary: "Give the server a snapshot that was downloaded before",
  arguments: { snapshotPath: argument({ help: "The file, or a URL where the server finds it", complete: "file" }) },
  options: {
    snapshotId: text({ flags: ["-s", "--snapshot-id"], metavar: "ID", help: "Its id; made up by default" }),
    tenant: tenantOption,
  },
  columns: ARCHIVE_COLUMNS,
  examples: [["cfy snapshots upload backup.zip -s before_upgrade", "then: cfy snapshots restore before_upgrade"]],
  async run(ctx, { snapshotPath, snapshotId = madeUpName("snapshot"), tenant }) {
    const client = ctx.client({ tenant });
    const { snapshots } = client;
    const id = validName(snapshotId, "snapshot id");
    const { signal } = ctx;
    await requireLicense(client, signal);
    ctx.notice(`Uploading ${snapshotPath} as ${id} …`);
    const snapshot = isUrl(snapshotPath)
      ? await snapshots.uploadFrom(id, snapshotPath, { signal })
      : await withProgressBar(ctx, "Uploading", async (progress) =>
          snapshots.upload(id, await fileBody(snapshotPath), { progress, signal }),
        );
    await ctx.output.record(snapshot, { title: "Snapshot:", columns: ARCHIVE_COLUMNS });
    return ExitCode.Ok;
  },
});
