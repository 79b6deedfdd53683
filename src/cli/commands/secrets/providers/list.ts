import { command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showPage } from "../../list-page.ts";
import { PROVIDER_COLUMNS } from "./common.ts";

/** `cfy secrets providers list` */
export const list = command({
  name: "list",
  summary: "List secrets providers",
  options: { tenant: tenantOption },
  columns: PROVIDER_COLUMNS,
  examples: [["cfy secrets providers list", "where values are kept"]],
  async run(ctx, { tenant }) {
    ctx.notice("Listing secrets providers …");
    const page = await ctx.client({ tenant }).secretsProviders.page();
    return showPage(ctx, page, { title: "Secrets providers:", columns: PROVIDER_COLUMNS, noun: "secrets providers" });
  },
});
