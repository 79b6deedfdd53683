import { command } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { SITE_COLUMNS } from "./columns.ts";

/** `cfy sites list` */
export const list = command({
  name: "list",
  summary: "List sites",
  options: {
    ...sortOptions("name"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: searchOption,
    ...pagingOptions,
  },
  columns: SITE_COLUMNS,
  examples: [["cfy sites list --columns name,location", "what there is, and where"]],
  async run(ctx, { tenant, ...paging }) {
    ctx.notice("Listing sites …");
    const { sites } = ctx.client({ tenant });
    return await showList(ctx, paging, (query, call) => sites.page(query, call), {
      title: "Sites:",
      columns: SITE_COLUMNS,
      noun: "sites",
    });
  },
});
