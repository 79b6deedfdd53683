import { command } from "../../command.ts";
import { pagingOptions, searchOption, sortOptions } from "../../options/common.ts";
import { ARCHIVE_COLUMNS } from "../archive-columns.ts";
import { pageQuery, showPage } from "../list-page.ts";

/** `cfy log-bundles list` */
export const list = command({
  name: "list",
  summary: "List log bundles",
  options: { ...sortOptions("created_at"), search: searchOption, ...pagingOptions },
  columns: ARCHIVE_COLUMNS,
  examples: [["cfy log-bundles list --columns id,status", "is it there yet?"]],
  async run(ctx, paging) {
    ctx.notice("Listing log bundles …");
    const page = await ctx.client().logBundles.page(pageQuery(paging));
    return await showPage(ctx, page, { title: "Log bundles:", columns: ARCHIVE_COLUMNS, noun: "log bundles" });
  },
});
