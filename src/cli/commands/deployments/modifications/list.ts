import { command } from "../../../command.ts";
import { pagingOptions, tenantOption } from "../../../options/common.ts";
import { showPage } from "../../list-page.ts";
import { deploymentId } from "../deployment-id.ts";
import { MODIFICATION_COLUMNS } from "./columns.ts";

/** `cfy deployments modifications list` */
export const list = command({
  name: "list",
  summary: "List the modifications of a deployment",
  arguments: { deploymentId },
  options: { ...pagingOptions, tenant: tenantOption },
  columns: MODIFICATION_COLUMNS,
  async run(ctx, { deploymentId, offset, size, tenant }) {
    ctx.notice(`Listing modifications of the deployment ${deploymentId} …`);
    const query = { deployment_id: deploymentId, _offset: offset, _size: size };
    const page = await ctx.client({ tenant }).deploymentModifications.page(query);
    return await showPage(ctx, page, {
      title: "Deployment modifications:",
      columns: MODIFICATION_COLUMNS,
      noun: "deployment modifications",
    });
  },
});
