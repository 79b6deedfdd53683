import { command } from "../../command.ts";
import { allOption, anyOrderOptions } from "../../options/common.ts";
import { pageQuery, showList, showPage } from "../list-page.ts";
import { TOKEN_COLUMNS } from "./columns.ts";

const TOKEN_COLUMNS_OF_ALL = [...TOKEN_COLUMNS, { key: "username", whole: true }] as const;

/** `cfy tokens list` */
export const list = command({
  name: "list",
  summary: "List API tokens",
  options: { ...anyOrderOptions, all: allOption },
  columns: TOKEN_COLUMNS_OF_ALL,
  examples: [["cfy tokens list --columns id,last_used", "which of them are in use?"]],
  async run(ctx, args) {
    ctx.notice("Listing API tokens …");
    const { tokens } = ctx.client();
    const shown = { title: "Token listing", columns: TOKEN_COLUMNS_OF_ALL, noun: "tokens" };
    if (args.all) return await showList(ctx, args, (query, call) => tokens.page(query, call), shown);
    const page = await tokens.page(pageQuery(args), { signal: ctx.signal });
    // Administrators see those of others too.
    const several = new Set(page.items.map(({ username }) => username)).size > 1;
    const columns = several ? TOKEN_COLUMNS_OF_ALL : TOKEN_COLUMNS;
    return await showPage(ctx, page, { ...shown, columns });
  },
});
