import { command } from "../../command.ts";
import { allOption, anyOrderOptions } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { AGENT_COLUMNS } from "./columns.ts";
import { agentOptions } from "./options.ts";

/** `cfy agents list` */
export const list = command({
  name: "list",
  summary: "List agents",
  options: { ...agentOptions, ...anyOrderOptions, all: allOption },
  columns: AGENT_COLUMNS,
  examples: [["cfy agents list --deployment-id my_deployment --all-states", "where are its agents, and how are they?"]],
  async run(ctx, { tenant, allStates, deploymentIds, nodeIds, nodeInstanceIds, installMethods, ...args }) {
    ctx.notice("Listing agents …");
    const { agents } = ctx.client({ tenant });
    const which = {
      deployment_id: deploymentIds,
      node_ids: nodeIds,
      node_instance_ids: nodeInstanceIds,
      install_methods: installMethods,
      state: allStates ? undefined : ["started"],
    };
    return await showList(ctx, args, (query, call) => agents.page({ ...query, ...which }, call), {
      title: "Agents:",
      columns: AGENT_COLUMNS,
      noun: "agents",
    });
  },
});
