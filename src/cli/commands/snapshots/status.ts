import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy snapshots status` */
export const status = command({
  name: "status",
  summary: "Show whether a snapshot is being restored",
  examples: [["cfy snapshots status", "answered even while the server refuses all else"]],
  async run(ctx) {
    const state = await ctx.client().snapshots.status({ signal: ctx.signal });
    const told = state.status === "running" ? "A snapshot is being restored" : "No snapshot is being restored";
    await ctx.output.document(state, () => `${told}\n`);
    return ExitCode.Ok;
  },
});
