import { command } from "../../command.ts";
import { pagingOptions, searchOption, sortOptions } from "../../options/common.ts";
import { ARCHIVE_COLUMNS } from "../archive-columns.ts";
import { showList } from "../list-page.ts";

/** `cfy log-bundles list` */
export const list = command({
  name: "list",
  summary: "List log bundles",
  options: { ...sortOptions("created_at"), search: searchOption, ...pagingOptions },
  columns: ARCHIVE_COLUMNS,
  examples: [["cfy log-bundles list --columns id,status", "is it there yet?"]],
  async run(ctx, paging) {
    ctx.notice("Listing log bundles …");
    const { logBundles } = ctx.client();
    return await showList(ctx, paging, (query, call) => logBundles.page(query, call), {
      title: "Log bundles:",
      columns: ARCHIVE_COLUMNS,
      noun: "log bundles",
    });
  },
});
