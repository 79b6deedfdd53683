import { writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { validateBlueprint } from "../../blueprint/validate.ts";
import { argument, command, path } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy blueprints create-requirements`: what pip would have to install to run the blueprint's plugins here. */
export const createRequirements = command({
  name: "create-requirements",
  summary: "List the sources of a blueprint's plugins for pip",
  arguments: { blueprintPath: argument({ help: "The main file", complete: "file" }) },
  options: {
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "FILE",
      help: "A new file to write them into",
      complete: "file",
    }),
  },
  examples: [["cfy blueprints create-requirements app/blueprint.yaml -o requirements.txt", "for pip install -r"]],
  async run(ctx, { blueprintPath, outputPath }) {
    const plugins = await validateBlueprint(ctx, blueprintPath);
    const requirements = plugins.flatMap(({ source }) => (source ? [requirement(blueprintPath, source)] : [])).sort();
    const text = requirements.map((line) => `${line}\n`).join("");
    if (outputPath === undefined) {
      await ctx.output.document(requirements, () => text);
      return ExitCode.Ok;
    }
    await writeFile(outputPath, text, { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EEXIST") throw cause;
      throw new CfyError("file_exists", `There is a file ${outputPath} already`, {
        exit: ExitCode.Conflict,
        hint: "Choose another name for --output-path.",
        cause,
      });
    });
    await ctx.output.document({ file: outputPath }, () => `${outputPath} is written\n`);
    return ExitCode.Ok;
  },
});

/** A source without a scheme is a directory below the blueprint's `plugins`. */
const requirement = (blueprintPath: string, source: string): string =>
  source.includes("://") ? source : join(resolve(dirname(blueprintPath)), "plugins", source);
