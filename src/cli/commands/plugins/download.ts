import { command } from "../../command.ts";
import { outputPathOption, tenantOption } from "../../options/common.ts";
import { saveDownload } from "../../transfer.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins download` */
export const download = command({
  name: "download",
  summary: "Download the archive of a plugin",
  arguments: { pluginId },
  options: { outputPath: outputPathOption, tenant: tenantOption },
  examples: [["cfy plugins download 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11 -o plugins/", "under its own name"]],
  async run(ctx, { pluginId, outputPath, tenant }) {
    ctx.notice(`Downloading plugin ${pluginId} …`);
    const { plugins } = ctx.client({ tenant });
    return await saveDownload(ctx, outputPath, (options) => plugins.download(pluginId, options));
  },
});
