import { type Command, command } from "../../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../../options/common.ts";
import { pageQuery, showPage } from "../../list-page.ts";
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
      const page = await filtersOf(ctx.client({ tenant }), of).page(pageQuery(paging));
      return showPage(ctx, page, { title: "Filters:", columns: FILTER_COLUMNS, noun: "filters" });
    },
  });
