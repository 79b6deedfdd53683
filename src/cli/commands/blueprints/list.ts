import type { Blueprint } from "../../../api/resources.ts";
import { command } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { blueprintFilterOptions } from "../../options/filter.ts";
import { filteredPages, showList } from "../list-page.ts";
import { BLUEPRINT_COLUMNS } from "./columns.ts";

/** `cfy blueprints list` */
export const list = command({
  name: "list",
  summary: "List blueprints",
  options: {
    ...blueprintFilterOptions,
    ...sortOptions("created_at"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: searchOption,
    ...pagingOptions,
  },
  columns: BLUEPRINT_COLUMNS,
  examples: [["cfy blueprints list -lr team=blue", "those with a label"]],
  async run(ctx, { tenant, filterId, labelsRule, attrsRule, ...paging }) {
    ctx.notice("Listing blueprints …");
    const which = { _filter_id: filterId };
    const rules = { labelsRule, attrsRule };
    const pages = filteredPages<Blueprint>(ctx.client({ tenant }), "blueprints", which, rules);
    return showList(ctx, paging, pages, { title: "Blueprints:", columns: BLUEPRINT_COLUMNS, noun: "blueprints" });
  },
});
