import { command } from "../../command.ts";
import { resolveTarget } from "../../connection/target.ts";
import { ExitCode } from "../../exit-code.ts";
import { activeProfile } from "../../profiles/active.ts";
import { LOCAL, managersOf } from "../../profiles/profile.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { NODE_COLUMNS, PROFILE_COLUMNS, shown, shownNode } from "./columns.ts";
import { localProfile } from "./local-profile.ts";

/** `cfy profiles show-current` */
export const showCurrent = command({
  name: "show-current",
  summary: "Show the profile in use",
  description:
    "With a cluster, one row per manager. What the environment says instead of the profile is said on stderr.",
  columns: NODE_COLUMNS,
  examples: [["cfy profiles show-current", "where do commands go, and as whom?"]],
  async run(ctx) {
    const root = cloudifyRoot(ctx.env);
    const profiles = profileStore(root);
    const name = await activeProfile(ctx.env, profiles);
    if (name === LOCAL) {
      ctx.notice("Commands use the server of this machine. To use a manager: cfy profiles use HOST");
      await ctx.output.details("Current profile:", localProfile(root));
      return ExitCode.Ok;
    }
    const profile = await profiles.get(name);
    const managers = managersOf(profile);
    if (managers.length > 0) {
      const rows = managers.map((node) => shownNode(profile, node));
      await ctx.output.rows(rows, { title: `Cluster nodes in profile ${name}:`, columns: NODE_COLUMNS });
    } else {
      await ctx.output.record(shown(profile), { title: "Current profile:", columns: PROFILE_COLUMNS });
    }
    const target = await resolveTarget({ env: ctx.env, profiles }).catch(() => undefined);
    if (target?.kind === "manager") for (const note of target.notes) ctx.notice(note);
    return ExitCode.Ok;
  },
});
