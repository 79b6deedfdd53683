import { command, text } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { ofDeploymentOption } from "../deployments/deployment-id.ts";
import { showList } from "../list-page.ts";
import { NODE_INSTANCE_COLUMNS } from "./columns.ts";

/** `cfy node-instances list` */
export const list = command({
  name: "list",
  summary: "List node instances",
  options: {
    deploymentId: ofDeploymentOption,
    nodeName: text({
      flags: ["-n", "--node-name"],
      metavar: "NODE",
      help: "Only those of this node",
      complete: "node",
    }),
    ...sortOptions("node_id"),
    search: searchOption,
    tenant: tenantOption,
    allTenants: allTenantsOption,
    ...pagingOptions,
  },
  columns: NODE_INSTANCE_COLUMNS,
  examples: [["cfy node-instances list -d my_deployment --node-name web", "those of one node"]],
  async run(ctx, { deploymentId, nodeName, tenant, ...paging }) {
    ctx.notice(deploymentId ? `Listing node instances of ${deploymentId} …` : "Listing node instances …");
    const { nodeInstances } = ctx.client({ tenant });
    const which = { node_id: nodeName, deployment_id: deploymentId };
    return await showList(ctx, paging, (query, call) => nodeInstances.page({ ...query, ...which }, call), {
      title: "Node-instances:",
      columns: NODE_INSTANCE_COLUMNS,
      noun: "node instances",
    });
  },
});
