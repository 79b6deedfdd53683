import { command, text } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { SECRET_COLUMNS } from "./columns.ts";

/** `cfy secrets list`: keys, never values. */
export const list = command({
  name: "list",
  summary: "List secrets, without their values",
  options: {
    ...sortOptions("key"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: { ...searchOption, help: "Only those whose key contains this" },
    ...pagingOptions,
    provider: text({
      flags: ["-p", "--provider"],
      metavar: "PROVIDER",
      multiple: true,
      help: "Only those that this provider keeps; may be repeated",
      complete: "secrets-provider",
    }),
  },
  columns: SECRET_COLUMNS,
  examples: [["cfy secrets list --search db_", "those whose key contains db_"]],
  async run(ctx, { tenant, provider, ...paging }) {
    ctx.notice("Listing secrets …");
    const { secrets } = ctx.client({ tenant });
    const which = { provider_name: provider.length > 0 ? provider : undefined };
    return await showList(ctx, paging, (query, call) => secrets.page({ ...query, ...which }, call), {
      title: "Secrets:",
      columns: SECRET_COLUMNS,
      noun: "secrets",
    });
  },
});
