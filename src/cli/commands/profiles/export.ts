import { command, flag, path } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { exportProfiles } from "../../profiles/archive.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";

/** `cfy profiles export` */
export const exportAll = command({
  name: "export",
  summary: "Pack all profiles into one file",
  options: {
    includeKeys: flag({ flags: ["--include-keys"], help: "Pack the SSH keys as well" }),
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "FILE",
      default: "cfy-profiles.tar.gz",
      help: "Where to write it; it can be read by its owner only",
    }),
  },
  examples: [
    ["cfy profiles export -o profiles.tar.gz", "take them to another machine: cfy profiles import profiles.tar.gz"],
  ],
  async run(ctx, { includeKeys, outputPath }) {
    const root = cloudifyRoot(ctx.env);
    if ((await profileStore(root).names()).length === 0) {
      throw new CfyError("no_profiles", "There is no profile to export", { hint: "cfy profiles use HOST makes one" });
    }
    const names = await exportProfiles(root, outputPath, { includeKeys });
    ctx.notice(`${outputPath} holds ${names.join(", ")}. Passwords in it are not encrypted: keep it safe.`);
    return ExitCode.Ok;
  },
});
