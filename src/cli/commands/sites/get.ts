import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { siteName } from "./arguments.ts";
import { SITE_COLUMNS } from "./columns.ts";

/** `cfy sites get` */
export const get = command({
  name: "get",
  summary: "Show a site",
  arguments: { name: siteName },
  options: { tenant: tenantOption },
  columns: SITE_COLUMNS,
  examples: [["cfy sites get london", "where is it?"]],
  async run(ctx, { name, tenant }) {
    ctx.notice(`Retrieving site ${name} …`);
    await ctx.output.record(await ctx.client({ tenant }).sites.get(name), { title: "Site:", columns: SITE_COLUMNS });
    return ExitCode.Ok;
  },
});
