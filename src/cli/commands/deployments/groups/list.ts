import { command } from "../../../command.ts";
import { allOption, anyOrderOptions, tenantOption } from "../../../options/common.ts";
import { showList } from "../../list-page.ts";
import { GROUP_COLUMNS } from "./columns.ts";

/** `cfy deployments groups list` */
export const list = command({
  name: "list",
  summary: "List deployment groups",
  options: { ...anyOrderOptions, all: allOption, tenant: tenantOption },
  columns: GROUP_COLUMNS,
  examples: [["cfy deployments groups list --json", "with the ids of their deployments"]],
  async run(ctx, { tenant, ...args }) {
    ctx.notice("Listing deployment groups …");
    const { deploymentGroups } = ctx.client({ tenant });
    return await showList(ctx, args, (query, call) => deploymentGroups.page(query, call), {
      title: "Deployment groups:",
      columns: GROUP_COLUMNS,
      noun: "deployment groups",
    });
  },
});
