import { command } from "../../../command.ts";
import { allOption, anyOrderOptions, tenantOption } from "../../../options/common.ts";
import { showList } from "../../list-page.ts";
import { PROVIDER_COLUMNS } from "./common.ts";

/** `cfy secrets providers list` */
export const list = command({
  name: "list",
  summary: "List secrets providers",
  options: { ...anyOrderOptions, all: allOption, tenant: tenantOption },
  columns: PROVIDER_COLUMNS,
  examples: [["cfy secrets providers list", "where values are kept"]],
  async run(ctx, { tenant, ...args }) {
    ctx.notice("Listing secrets providers …");
    const { secretsProviders } = ctx.client({ tenant });
    return await showList(ctx, args, (query, call) => secretsProviders.page(query, call), {
      title: "Secrets providers:",
      columns: PROVIDER_COLUMNS,
      noun: "secrets providers",
    });
  },
});
