import { command } from "../../command.ts";
import { outputPathOption, tenantOption } from "../../options/common.ts";
import { saveDownload } from "../../transfer.ts";
import { pluginId } from "./plugin-id.ts";

/** `cfy plugins download_yaml` */
export const downloadYaml = command({
  name: "download_yaml",
  summary: "Download the plugin.yaml of a plugin",
  arguments: { pluginId },
  options: { outputPath: outputPathOption, tenant: tenantOption },
  examples: [["cfy plugins download_yaml 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11", "which types does it bring?"]],
  async run(ctx, { pluginId, outputPath, tenant }) {
    ctx.notice(`Downloading the YAML of plugin ${pluginId} …`);
    const { plugins } = ctx.client({ tenant });
    return await saveDownload(ctx, outputPath, (options) => plugins.downloadYaml(pluginId, undefined, options));
  },
});
