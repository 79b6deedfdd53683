import { argument, command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { showUpdate, UPDATE_COLUMNS } from "./update-columns.ts";

/** `cfy deployments get-update` */
export const getUpdate = command({
  name: "get-update",
  summary: "Show what an update of a deployment has changed",
  arguments: { updateId: argument({ help: "Id of the deployment update", complete: "deployment-update" }) },
  options: { tenant: tenantOption },
  columns: UPDATE_COLUMNS,
  examples: [
    ["cfy deployments get-update c7d7e8ca-1c6d-4d4c-9b1e-0a6f5f1f7a55", "an id that `cfy deployments history` shows"],
  ],
  async run(ctx, { updateId, tenant }) {
    ctx.notice(`Retrieving deployment update ${updateId} …`);
    await showUpdate(ctx, await ctx.client({ tenant }).deploymentUpdates.get(updateId));
    return ExitCode.Ok;
  },
});
