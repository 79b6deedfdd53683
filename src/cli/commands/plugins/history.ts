import { command, text } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { PLUGINS_UPDATE_COLUMNS } from "./columns.ts";

/** `cfy plugins history` */
export const history = command({
  name: "history",
  summary: "List updates of plugins, perhaps of one blueprint",
  options: {
    blueprintId: text({
      flags: ["-b", "--blueprint-id"],
      metavar: "BLUEPRINT_ID",
      help: "Only those of this blueprint's deployments",
      complete: "blueprint",
    }),
    ...sortOptions("created_at"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: searchOption,
    ...pagingOptions,
  },
  columns: PLUGINS_UPDATE_COLUMNS,
  examples: [["cfy plugins history -b app --descending", "the latest first"]],
  async run(ctx, { blueprintId, tenant, ...paging }) {
    ctx.notice("Listing updates of plugins …");
    const { pluginsUpdates } = ctx.client({ tenant });
    const which = { blueprint_id: blueprintId };
    return await showList(ctx, paging, (query, call) => pluginsUpdates.page({ ...query, ...which }, call), {
      title: "Plugins updates:",
      columns: PLUGINS_UPDATE_COLUMNS,
      noun: "updates",
    });
  },
});
