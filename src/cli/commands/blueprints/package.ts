import { copyFile } from "node:fs/promises";
import { withPackedFolder } from "../../blueprint/pack.ts";
import { blueprintSource, defaultBlueprintId } from "../../blueprint/source.ts";
import { validateBlueprint } from "../../blueprint/validate.ts";
import { argument, command, flag, path } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy blueprints package`: the archive that `upload` would send. */
export const pack = command({
  name: "package",
  summary: "Pack a blueprint into an archive",
  arguments: { blueprintPath: argument({ help: "The main file, or its folder", complete: "file" }) },
  options: {
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "PATH",
      help: "Where to write it, .tar.gz is added; by default the blueprint's id, here",
      complete: "file",
    }),
    validate: flag({ flags: ["--validate"], help: "Validate it first" }),
  },
  examples: [["cfy blueprints package app/ -o app-1.0", "makes app-1.0.tar.gz of the folder app"]],
  async run(ctx, { blueprintPath, outputPath, validate }) {
    const source = await blueprintSource(blueprintPath);
    if (source.kind !== "folder") {
      throw new CfyError("not_a_folder", `${blueprintPath} is packed already`, {
        hint: "Give a blueprint's main file, or its folder.",
      });
    }
    if (validate) await validateBlueprint(ctx, blueprintPath, source.mainFile);
    const file = `${outputPath ?? defaultBlueprintId(source)}.tar.gz`;
    await withPackedFolder(source.folder, {}, (archive) => copyFile(archive, file));
    await ctx.output.document({ file }, () => `${file} is written\n`);
    return ExitCode.Ok;
  },
});
