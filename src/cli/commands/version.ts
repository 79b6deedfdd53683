import { version as cliVersion } from "../../lib/version.ts";
import { command } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import { activeProfile } from "../profiles/active.ts";
import { LOCAL } from "../profiles/profile.ts";

/** `cfy --version`: this program's version and, with a manager's profile in use, the manager's. */
export const version = command({
  name: "version",
  summary: "Show the versions of cfy and of the manager in use",
  hidden: true,
  addition: true,
  async run(ctx) {
    const profile = await activeProfile(ctx.env);
    if (profile === LOCAL) {
      await ctx.output.document({ version: cliVersion }, () => `cfy ${cliVersion}\n`);
      return ExitCode.Ok;
    }
    // The first line comes even when the manager does not answer.
    ctx.output.line(`cfy ${cliVersion}`);
    const { version, edition } = await ctx.client().manager.version();
    await ctx.output.document(
      { version: cliVersion, manager: { profile, version, edition } },
      () => `Cloudify Manager ${version}, ${edition} edition [${profile}]\n`,
    );
    return ExitCode.Ok;
  },
});
