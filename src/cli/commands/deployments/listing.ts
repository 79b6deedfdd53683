import type { Deployment } from "../../../api/resources.ts";
import type { ValuesOf } from "../../command.ts";
import { text } from "../../command.ts";
import type { Context } from "../../context.ts";
import type { ExitCode } from "../../exit-code.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { filterOptions } from "../../options/filter.ts";
import type { Column } from "../../output/column.ts";
import { filteredPages, showList } from "../list-page.ts";

/** Which deployments a list is of, and in which order. */
export const listingOptions = {
  blueprintId: text({
    flags: ["-b", "--blueprint-id"],
    metavar: "BLUEPRINT_ID",
    help: "Only those made of this blueprint",
    complete: "blueprint",
  }),
  groupId: text({
    flags: ["-g", "--group-id"],
    metavar: "GROUP_ID",
    help: "Only those of this group",
    complete: "deployment-group",
  }),
  dependenciesOf: text({
    flags: ["--dependencies-of"],
    metavar: "DEPLOYMENT_ID",
    help: "Only those that this one depends on",
    complete: "deployment",
  }),
  ...filterOptions,
  search: searchOption,
  searchName: text({
    flags: ["--search-name"],
    metavar: "TEXT",
    help: "Only those whose display name contains this",
  }),
  ...sortOptions("created_at"),
  tenant: tenantOption,
  allTenants: allTenantsOption,
  ...pagingOptions,
};

/** The deployments that the options choose, in these columns. */
export async function listDeployments(
  ctx: Context,
  args: ValuesOf<typeof listingOptions>,
  columns: readonly Column<Deployment>[],
): Promise<ExitCode> {
  const { tenant, blueprintId, groupId, dependenciesOf, searchName, filterId, labelsRule, attrsRule, ...paging } = args;
  ctx.notice("Listing deployments …");
  const which = {
    blueprint_id: blueprintId,
    _group_id: groupId,
    _dependencies_of: dependenciesOf,
    _search_name: searchName,
    _filter_id: filterId,
  };
  const rules = { labelsRule, attrsRule };
  const pages = filteredPages<Deployment>(ctx.client({ tenant }), "deployments", which, rules);
  return showList(ctx, paging, pages, { title: "Deployments:", columns, noun: "deployments" });
}
