import { argument, command, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { importProfiles } from "../../profiles/archive.ts";
import { cloudifyRoot } from "../../profiles/root.ts";

/** `cfy profiles import` */
export const importAll = command({
  name: "import",
  summary: "Unpack profiles, in place of those of the same names",
  arguments: { archivePath: argument({ help: "What `cfy profiles export` wrote", complete: "file" }) },
  options: { includeKeys: flag({ flags: ["--include-keys"], help: "Put SSH keys where the profiles look for them" }) },
  examples: [["cfy profiles import cfy-profiles.tar.gz", "then choose one: cfy profiles use NAME"]],
  async run(ctx, { archivePath, includeKeys }) {
    const names = await importProfiles(cloudifyRoot(ctx.env), archivePath, { includeKeys });
    ctx.notice(`Imported ${names.join(", ")}. To use one: cfy profiles use NAME`);
    return ExitCode.Ok;
  },
});
