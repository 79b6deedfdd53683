import { writeFile } from "node:fs/promises";
import { command, path } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { emptyConfig } from "./template.ts";
import { topologyOf } from "./topology.ts";

/** Where the file is looked for when nothing else is said. */
export const CONFIG_FILE = "certificates_replacement_config.yaml";

/** `cfy certificates generate-replace-config` */
export const generateReplaceConfig = command({
  name: "generate-replace-config",
  summary: "Write the file to fill in before certificates are replaced",
  options: {
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "FILE",
      help: `Where to write it; ${CONFIG_FILE} by default`,
      complete: "file",
    }),
  },
  examples: [
    ["cfy certificates generate-replace-config -o replace.yaml", "then: cfy certificates replace -i replace.yaml"],
  ],
  async run(ctx, { outputPath = CONFIG_FILE }) {
    const config = emptyConfig(await topologyOf(ctx.client(), ctx.signal));
    const { stringify } = await import("yaml");
    await writeFile(outputPath, stringify(config));
    await ctx.output.document({ path: outputPath }, () => `Saved as ${outputPath}\n`);
    ctx.notice(`Fill in paths of files, leave the rest empty, then: cfy certificates replace -i ${outputPath}`);
    return ExitCode.Ok;
  },
});
