import type { Secret } from "../../../api/secrets.ts";
import { command, text } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { type AskPage, showList } from "../list-page.ts";
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
      help: "Only those kept by a provider whose name begins so; may be repeated",
      complete: "secrets-provider",
    }),
  },
  columns: SECRET_COLUMNS,
  examples: [["cfy secrets list --search db_", "those whose key contains db_"]],
  async run(ctx, { tenant, provider, ...paging }) {
    ctx.notice("Listing secrets …");
    const { secrets, searches } = ctx.client({ tenant });
    const kept = { key: "provider_name", values: provider, operator: "starts_with", type: "attribute" } as const;
    const ask: AskPage<Secret> = (query, call) =>
      provider.length === 0
        ? secrets.page(query, call)
        : searches.page("secrets", { filter_rules: [kept] }, query, call);
    return await showList(ctx, paging, ask, {
      title: "Secrets:",
      columns: SECRET_COLUMNS,
      noun: "secrets",
    });
  },
});
