import { command } from "../../command.ts";
import { anyOrderOptions } from "../../options/common.ts";
import { pageQuery, showPage } from "../list-page.ts";
import { TOKEN_COLUMNS } from "./columns.ts";

const TOKEN_COLUMNS_OF_ALL = [...TOKEN_COLUMNS, { key: "username", whole: true }] as const;

/** `cfy tokens list` */
export const list = command({
  name: "list",
  summary: "List API tokens",
  options: anyOrderOptions,
  columns: TOKEN_COLUMNS_OF_ALL,
  examples: [["cfy tokens list --columns id,last_used", "which of them are in use?"]],
  async run(ctx, args) {
    ctx.notice("Listing API tokens …");
    const page = await ctx.client().tokens.page(pageQuery(args), { signal: ctx.signal });
    // Administrators see those of others too.
    const several = new Set(page.items.map(({ username }) => username)).size > 1;
    const columns = several ? TOKEN_COLUMNS_OF_ALL : TOKEN_COLUMNS;
    return await showPage(ctx, page, { title: "Token listing", columns, noun: "tokens" });
  },
});
