import { command } from "../../../command.ts";
import { anyOrderOptions, pagingOptions, tenantOption } from "../../../options/common.ts";
import { showList } from "../../list-page.ts";
import { deploymentId } from "../deployment-id.ts";
import { MODIFICATION_COLUMNS } from "./columns.ts";

/** `cfy deployments modifications list` */
export const list = command({
  name: "list",
  summary: "List the modifications of a deployment",
  arguments: { deploymentId },
  options: { ...anyOrderOptions, ...pagingOptions, tenant: tenantOption },
  columns: MODIFICATION_COLUMNS,
  examples: [["cfy deployments modifications list my_deployment", "how often it was scaled, and how that went"]],
  async run(ctx, { deploymentId, tenant, ...paging }) {
    ctx.notice(`Listing modifications of the deployment ${deploymentId} …`);
    const { deploymentModifications } = ctx.client({ tenant });
    const which = { deployment_id: deploymentId };
    return await showList(ctx, paging, (query, call) => deploymentModifications.page({ ...query, ...which }, call), {
      title: "Deployment modifications:",
      columns: MODIFICATION_COLUMNS,
      noun: "deployment modifications",
    });
  },
});
