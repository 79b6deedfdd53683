import { command, path } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { saveDownload } from "../../transfer.ts";
import { blueprintId } from "./blueprint-id.ts";

/** `cfy blueprints download` */
export const download = command({
  name: "download",
  summary: "Save the archive of a blueprint",
  arguments: { blueprintId },
  options: {
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "PATH",
      help: "The file, or a directory; by default here, under the server's name for it",
      complete: "file",
    }),
    tenant: tenantOption,
  },
  examples: [["cfy blueprints download app -o /tmp/", "into a directory"]],
  async run(ctx, { blueprintId, outputPath, tenant }) {
    ctx.notice(`Downloading blueprint ${blueprintId} …`);
    const { blueprints } = ctx.client({ tenant });
    return await saveDownload(ctx, outputPath, (options) => blueprints.download(blueprintId, options));
  },
});
