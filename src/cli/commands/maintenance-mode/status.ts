import type { MaintenanceState } from "../../../api/manager.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { counted } from "../../output/counted.ts";

const COLUMNS: readonly Column<MaintenanceState>[] = [
  { key: "status" },
  { key: "activated_at" },
  { key: "activation_requested_at" },
  { key: "requested_by" },
  { key: "remaining_executions", value: (state) => waitedFor(state), extended: true },
];

/** `cfy maintenance-mode status` */
export const status = command({
  name: "status",
  summary: "Show whether the server is in maintenance mode",
  columns: COLUMNS,
  examples: [["cfy maintenance-mode status --columns status --json", "for a script"]],
  async run(ctx) {
    const state = await ctx.client().maintenance.status();
    await ctx.output.record(state, { title: "Maintenance Mode Status:", columns: COLUMNS });
    const { length } = waitedFor(state);
    if (length > 0) ctx.notice(`It waits for ${counted(length, "execution")} to end (-x shows them).`);
    if (state.status === "activated") ctx.notice("Most requests are refused until: cfy maintenance-mode deactivate");
    return ExitCode.Ok;
  },
});

/** Some answers have the list inside another one. */
const waitedFor = ({ remaining_executions: remaining }: MaintenanceState): unknown[] => (remaining ?? []).flat();
