import { command } from "../../command.ts";
import { getDataOption, pagingOptions, searchOption, sortOptions } from "../../options/common.ts";
import { showList } from "../list-page.ts";
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
    const { users } = ctx.client();
    return await showList(ctx, paging, (query, call) => users.page({ ...query, _get_data: getData }, call), {
      title: "Users:",
      columns: userColumns(getData),
      noun: "users",
    });
  },
});
