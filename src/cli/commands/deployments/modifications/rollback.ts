import { command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { MODIFICATION_COLUMNS } from "./columns.ts";
import { modificationId } from "./modification-id.ts";

/** `cfy deployments modifications rollback`: forgets the instances that a scale has added and left. */
export const rollback = command({
  name: "rollback",
  summary: "Take back a modification that was started and not finished",
  description: "Node instances that it added are forgotten. Nothing is uninstalled: do that first.",
  arguments: { modificationId },
  options: { tenant: tenantOption },
  columns: MODIFICATION_COLUMNS,
  examples: [
    ["cfy deployments modifications rollback c7d7e8ca-1c6d-4d4c-9b1e-0a6f5f1f7a55", "after a scaling that broke off"],
  ],
  async run(ctx, { modificationId, tenant }) {
    ctx.notice(`Rolling back deployment modification ${modificationId} …`);
    const modification = await ctx.client({ tenant }).deploymentModifications.rollback(modificationId);
    await ctx.output.record(modification, { title: "Deployment Modification:", columns: MODIFICATION_COLUMNS });
    return ExitCode.Ok;
  },
});
