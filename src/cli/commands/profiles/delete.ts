import { argument, command } from "../../command.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { LOCAL } from "../../profiles/profile.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";

/** `cfy profiles delete` */
export const deleteProfiles = command({
  name: "delete",
  summary: "Forget profiles, with the credentials in them",
  arguments: {
    profileNames: argument({ help: "Their names", metavar: "PROFILE_NAME", variadic: true, complete: "profile" }),
  },
  examples: [["cfy profiles delete old test", "forget both"]],
  async run(ctx, { profileNames }) {
    if (profileNames.includes(LOCAL)) {
      throw usageError("The server of this machine is no profile to delete", { hint: "cfy server stop ends it" });
    }
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const known = await profiles.names();
    const missing = profileNames.filter((name) => !known.includes(name));
    for (const name of profileNames.filter((one) => known.includes(one))) {
      await profiles.delete(name);
      ctx.notice(`Profile ${name} is deleted`);
      if ((await profiles.active()) !== name) continue;
      await profiles.use(LOCAL);
      ctx.notice("It was the one in use: commands now use the server of this machine");
    }
    if (missing.length === 0) return ExitCode.Ok;
    throw new CfyError("profile_not_found", `There is no profile ${missing.join(", ")}`, {
      exit: ExitCode.NotFound,
      hint: "cfy profiles list",
    });
  },
});
