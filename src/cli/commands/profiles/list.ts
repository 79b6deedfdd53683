import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { activeProfile } from "../../profiles/active.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { type ProfileStore, profileStore } from "../../profiles/store.ts";
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
    const read = (await profiles.names()).map((name) => readable(ctx, profiles, name));
    const rows = (await Promise.all(read)).flat();
    const marked = rows.map((row) => ({ ...row, name: row.name === active ? `*${row.name}` : row.name }));
    await ctx.output.rows(marked, { title: "Profiles:", columns: PROFILE_COLUMNS });
    if (rows.length === 0)
      ctx.notice("No profiles. Commands use the server of this machine; cfy profiles use HOST adds a manager.");
    return ExitCode.Ok;
  },
});

/** One that cannot be read does not hide the others. */
async function readable(ctx: Context, profiles: ProfileStore, name: string) {
  try {
    return [shown(await profiles.get(name))];
  } catch (error) {
    ctx.warn(error instanceof Error ? error.message : String(error));
    return [];
  }
}
