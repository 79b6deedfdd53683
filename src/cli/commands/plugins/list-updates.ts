import type { PluginsUpdate } from "../../../api/archives.ts";
import { command } from "../../command.ts";
import { getDataOption, pagingOptions, sortOptions, tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { showList } from "../list-page.ts";

const COLUMNS: readonly Column<PluginsUpdate>[] = [
  { key: "id" },
  { key: "visibility" },
  { key: "state" },
  { key: "forced" },
  { key: "all_tenants" },
  { key: "blueprint_id" },
  { key: "execution_id" },
  { key: "created_by" },
  { key: "created_at" },
];

const DATA_COLUMNS: readonly Column<PluginsUpdate>[] = [
  ...COLUMNS,
  { key: "deployments_to_update" },
  { key: "deployments_per_tenant" },
  { key: "temp_blueprint_id" },
];

/** `cfy plugins list_updates` */
export const listUpdates = command({
  name: "list_updates",
  summary: "List updates of plugins in a tenant",
  options: { tenant: tenantOption, ...pagingOptions, ...sortOptions("created_at"), getData: getDataOption },
  columns: DATA_COLUMNS,
  examples: [["cfy plugins list_updates --get-data", "with the deployments that each is about"]],
  async run(ctx, { tenant, getData, ...paging }) {
    const { pluginsUpdates } = ctx.client({ tenant });
    const columns = getData ? DATA_COLUMNS : COLUMNS;
    return await showList(ctx, paging, (query, call) => pluginsUpdates.page(query, call), {
      title: "Plugins updates:",
      columns,
      noun: "updates",
    });
  },
});
