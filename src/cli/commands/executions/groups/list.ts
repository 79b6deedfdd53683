import { command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showPage } from "../../list-page.ts";
import { EXECUTION_GROUP_COLUMNS } from "./columns.ts";

/** `cfy executions groups list` */
export const list = command({
  name: "list",
  summary: "List execution groups",
  options: { tenant: tenantOption },
  columns: EXECUTION_GROUP_COLUMNS,
  examples: [["cfy executions groups list", "which workflow ran on which group of deployments"]],
  async run(ctx, { tenant }) {
    ctx.notice("Listing execution groups …");
    const page = await ctx.client({ tenant }).executionGroups.page();
    return showPage(ctx, page, {
      title: "Execution groups:",
      columns: EXECUTION_GROUP_COLUMNS,
      noun: "execution groups",
    });
  },
});
