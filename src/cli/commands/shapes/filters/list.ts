import { type Command, command } from "../../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../../options/common.ts";
import { showList } from "../../list-page.ts";
import { FILTER_COLUMNS, type Filtered, filtersOf } from "./common.ts";

export const listCommand = (of: Filtered): Command =>
  command({
    name: "list",
    summary: `List the filters of ${of}`,
    options: {
      ...sortOptions("id"),
      tenant: tenantOption,
      allTenants: allTenantsOption,
      search: searchOption,
      ...pagingOptions,
    },
    columns: FILTER_COLUMNS,
    examples: [[`cfy ${of} filters list --columns id,labels_filter_rules`, "each with its rules about labels"]],
    async run(ctx, { tenant, ...paging }) {
      ctx.notice(`Listing the filters of ${of} …`);
      const filters = filtersOf(ctx.client({ tenant }), of);
      return await showList(ctx, paging, (query, call) => filters.page(query, call), {
        title: "Filters:",
        columns: FILTER_COLUMNS,
        noun: "filters",
      });
    },
  });
