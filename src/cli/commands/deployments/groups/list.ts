import { command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showPage } from "../../list-page.ts";
import { GROUP_COLUMNS } from "./columns.ts";

/** `cfy deployments groups list` */
export const list = command({
  name: "list",
  summary: "List deployment groups",
  options: { tenant: tenantOption },
  columns: GROUP_COLUMNS,
  examples: [["cfy deployments groups list --json", "with the ids of their deployments"]],
  async run(ctx, { tenant }) {
    ctx.notice("Listing deployment groups …");
    const page = await ctx.client({ tenant }).deploymentGroups.page();
    return showPage(ctx, page, { title: "Deployment groups:", columns: GROUP_COLUMNS, noun: "deployment groups" });
  },
});
