import { command } from "../../command.ts";
import { outputPathOption, tenantOption } from "../../options/common.ts";
import { saveDownload } from "../../transfer.ts";
import { blueprintId } from "./blueprint-id.ts";

/** `cfy blueprints download` */
export const download = command({
  name: "download",
  summary: "Save the archive of a blueprint",
  arguments: { blueprintId },
  options: {
    outputPath: outputPathOption,
    tenant: tenantOption,
  },
  examples: [["cfy blueprints download app -o /tmp/", "into a directory"]],
  async run(ctx, { blueprintId, outputPath, tenant }) {
    ctx.notice(`Downloading blueprint ${blueprintId} …`);
    const { blueprints } = ctx.client({ tenant });
    return await saveDownload(ctx, outputPath, (options) => blueprints.download(blueprintId, options));
  },
});
