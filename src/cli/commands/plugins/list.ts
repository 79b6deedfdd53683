import { command } from "../../command.ts";
import {
  allTenantsOption,
  getDataOption,
  pagingOptions,
  searchOption,
  sortOptions,
  tenantOption,
} from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { pluginColumns } from "./columns.ts";

/** `cfy plugins list` */
export const list = command({
  name: "list",
  summary: "List plugins",
  options: {
    ...sortOptions("uploaded_at"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: searchOption,
    getData: getDataOption,
    ...pagingOptions,
  },
  columns: pluginColumns(true),
  examples: [["cfy plugins list --search ansible --columns id,package_version", "which versions are there?"]],
  async run(ctx, { tenant, getData, ...paging }) {
    ctx.notice("Listing plugins …");
    const { plugins } = ctx.client({ tenant });
    return await showList(ctx, paging, (query, call) => plugins.page({ ...query, _get_data: getData }, call), {
      title: "Plugins:",
      columns: pluginColumns(getData),
      noun: "plugins",
    });
  },
});
