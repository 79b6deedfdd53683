import { command } from "../../command.ts";
import { getDataOption, pagingOptions, searchOption, sortOptions } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { USER_GROUP_COLUMNS } from "./columns.ts";

/** `cfy user-groups list` */
export const list = command({
  name: "list",
  summary: "List groups of users",
  options: { ...sortOptions("name"), getData: getDataOption, search: searchOption, ...pagingOptions },
  columns: USER_GROUP_COLUMNS,
  examples: [["cfy user-groups list --get-data", "with the names of their users and tenants"]],
  async run(ctx, { getData, ...paging }) {
    ctx.notice("Listing groups of users …");
    const { userGroups } = ctx.client();
    return await showList(ctx, paging, (query, call) => userGroups.page({ ...query, _get_data: getData }, call), {
      title: "User groups:",
      columns: USER_GROUP_COLUMNS,
      noun: "user groups",
    });
  },
});
