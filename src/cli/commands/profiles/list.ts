import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { activeProfile } from "../../profiles/active.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { PROFILE_COLUMNS, shown } from "./columns.ts";

/** `cfy profiles list` */
export const list = command({
  name: "list",
  summary: "List profiles; a star marks the one in use",
  columns: PROFILE_COLUMNS,
  examples: [["cfy profiles list --columns name,manager_ip", "which managers are known?"]],
  async run(ctx) {
    ctx.notice("Listing all profiles …");
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const active = await activeProfile(ctx.env, profiles);
    const rows = await Promise.all((await profiles.names()).map(async (name) => shown(await profiles.get(name))));
    const marked = rows.map((row) => ({ ...row, name: row.name === active ? `*${row.name}` : row.name }));
    await ctx.output.rows(marked, { title: "Profiles:", columns: PROFILE_COLUMNS });
    if (rows.length === 0)
      ctx.notice("No profiles. Commands use the server of this machine; cfy profiles use HOST adds a manager.");
    return ExitCode.Ok;
  },
});
