import { command } from "../../../command.ts";
import { allOption, anyOrderOptions, tenantOption } from "../../../options/common.ts";
import { showList } from "../../list-page.ts";
import { EXECUTION_GROUP_COLUMNS } from "./columns.ts";

/** `cfy executions groups list` */
export const list = command({
  name: "list",
  summary: "List execution groups",
  options: { ...anyOrderOptions, all: allOption, tenant: tenantOption },
  columns: EXECUTION_GROUP_COLUMNS,
  examples: [["cfy executions groups list", "which workflow ran on which group of deployments"]],
  async run(ctx, { tenant, ...args }) {
    ctx.notice("Listing execution groups …");
    const { executionGroups } = ctx.client({ tenant });
    return await showList(ctx, args, (query, call) => executionGroups.page(query, call), {
      title: "Execution groups:",
      columns: EXECUTION_GROUP_COLUMNS,
      noun: "execution groups",
    });
  },
});
