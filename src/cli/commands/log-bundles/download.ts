import { command } from "../../command.ts";
import { outputPathOption } from "../../options/common.ts";
import { saveDownload } from "../../transfer.ts";
import { logBundleId } from "./log-bundle-id.ts";

/** `cfy log-bundles download` */
export const download = command({
  name: "download",
  summary: "Download a log bundle",
  arguments: { logBundleId },
  options: { outputPath: outputPathOption },
  examples: [["cfy log-bundles download trouble -o logs.zip", "the file appears when all of it is there"]],
  async run(ctx, { logBundleId, outputPath }) {
    ctx.notice(`Downloading log bundle ${logBundleId} …`);
    const { logBundles } = ctx.client();
    return await saveDownload(ctx, outputPath, (options) => logBundles.download(logBundleId, options));
  },
});
