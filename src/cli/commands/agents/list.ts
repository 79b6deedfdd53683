import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { AGENT_COLUMNS } from "./columns.ts";
import { agentOptions } from "./options.ts";

/** `cfy agents list` */
export const list = command({
  name: "list",
  summary: "List agents",
  options: agentOptions,
  exclusive: [["tenant", "allTenants"]],
  columns: AGENT_COLUMNS,
  examples: [["cfy agents list --deployment-id my_deployment --all-states", "where are its agents, and how are they?"]],
  async run(ctx, { tenant, allTenants, allStates, ...wanted }) {
    ctx.notice("Listing agents …");
    const { items } = await ctx.client({ tenant }).agents.page({
      deployment_id: wanted.deploymentIds,
      node_ids: wanted.nodeIds,
      node_instance_ids: wanted.nodeInstanceIds,
      install_methods: wanted.installMethods,
      state: allStates ? undefined : ["started"],
      _all_tenants: allTenants,
    });
    await ctx.output.rows(items, { title: "Agents:", columns: AGENT_COLUMNS });
    return ExitCode.Ok;
  },
});
