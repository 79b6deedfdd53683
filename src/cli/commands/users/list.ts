import { command } from "../../command.ts";
import { getDataOption, pagingOptions, searchOption, sortOptions } from "../../options/common.ts";
import { pageQuery, showPage } from "../list-page.ts";
import { ANY_USER_COLUMNS, userColumns } from "./columns.ts";

/** `cfy users list` */
export const list = command({
  name: "list",
  summary: "List users",
  options: { ...sortOptions("username"), getData: getDataOption, search: searchOption, ...pagingOptions },
  columns: ANY_USER_COLUMNS,
  examples: [["cfy users list --get-data", "with their roles in each tenant"]],
  async run(ctx, { getData, ...paging }) {
    ctx.notice("Listing users …");
    const page = await ctx.client().users.page({ ...pageQuery(paging), _get_data: getData });
    return await showPage(ctx, page, { title: "Users:", columns: userColumns(getData), noun: "users" });
  },
});
