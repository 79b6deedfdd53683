import { command } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { ARCHIVE_COLUMNS } from "../archive-columns.ts";
import { showList } from "../list-page.ts";

/** `cfy snapshots list` */
export const list = command({
  name: "list",
  summary: "List snapshots",
  options: {
    ...sortOptions("created_at"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: searchOption,
    ...pagingOptions,
  },
  columns: ARCHIVE_COLUMNS,
  examples: [["cfy snapshots list --descending", "the latest first"]],
  async run(ctx, { tenant, ...paging }) {
    ctx.notice("Listing snapshots …");
    const { snapshots } = ctx.client({ tenant });
    return await showList(ctx, paging, (query, call) => snapshots.page(query, call), {
      title: "Snapshots:",
      columns: ARCHIVE_COLUMNS,
      noun: "snapshots",
    });
  },
});
