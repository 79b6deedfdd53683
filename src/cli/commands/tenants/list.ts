import { command } from "../../command.ts";
import { getDataOption, pagingOptions, searchOption, sortOptions } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { ANY_TENANT_COLUMNS, tenantColumns } from "./columns.ts";

/** `cfy tenants list` */
export const list = command({
  name: "list",
  summary: "List tenants",
  options: { ...sortOptions("name"), getData: getDataOption, search: searchOption, ...pagingOptions },
  columns: ANY_TENANT_COLUMNS,
  examples: [["cfy tenants list --get-data", "with their users and groups, and the roles of each"]],
  async run(ctx, { getData, ...paging }) {
    ctx.notice("Listing tenants …");
    const { tenants } = ctx.client();
    return await showList(ctx, paging, (query, call) => tenants.page({ ...query, _get_data: getData }, call), {
      title: "Tenants:",
      columns: tenantColumns(getData),
      noun: "tenants",
    });
  },
});
