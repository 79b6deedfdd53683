import { command } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { ofDeploymentOption } from "./deployment-id.ts";
import { UPDATE_COLUMNS } from "./update-columns.ts";

/** `cfy deployments history` */
export const history = command({
  name: "history",
  summary: "List the updates of deployments",
  options: {
    deploymentId: ofDeploymentOption,
    ...sortOptions("created_at"),
    ...pagingOptions,
    search: searchOption,
    allTenants: allTenantsOption,
    tenant: tenantOption,
  },
  columns: UPDATE_COLUMNS,
  examples: [["cfy deployments history -d my_deployment", "how it came to be what it is"]],
  async run(ctx, { deploymentId, tenant, ...args }) {
    ctx.notice(
      `Listing ${deploymentId ? `deployment updates for deployment ${deploymentId}` : "all deployment updates"} …`,
    );
    const { deploymentUpdates } = ctx.client({ tenant });
    const which = { deployment_id: deploymentId };
    return await showList(ctx, args, (query, call) => deploymentUpdates.page({ ...query, ...which }, call), {
      title: "Deployment updates:",
      columns: UPDATE_COLUMNS,
      noun: "deployment updates",
    });
  },
});
