import type { Deployment } from "../../../api/resources.ts";
import { command, text } from "../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { filterOptions } from "../../options/filter.ts";
import { filteredPage, pageQuery, showPage } from "../list-page.ts";
import { DEPLOYMENT_COLUMNS } from "./columns.ts";

/** `cfy deployments list` */
export const list = command({
  name: "list",
  summary: "List deployments",
  options: {
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
  },
  columns: DEPLOYMENT_COLUMNS,
  examples: [
    ["cfy deployments list -b app", "those made of the blueprint app"],
    ["cfy deployments list -lr env=prod --columns id,deployment_status", "how are those in production?"],
  ],
  async run(
    ctx,
    { tenant, blueprintId, groupId, dependenciesOf, searchName, filterId, labelsRule, attrsRule, ...paging },
  ) {
    ctx.notice("Listing deployments …");
    const query = {
      ...pageQuery(paging),
      blueprint_id: blueprintId,
      _group_id: groupId,
      _dependencies_of: dependenciesOf,
      _search_name: searchName,
      _filter_id: filterId,
    };
    const page = await filteredPage<Deployment>(ctx.client({ tenant }), "deployments", query, {
      labelsRule,
      attrsRule,
    });
    return showPage(ctx, page, { title: "Deployments:", columns: DEPLOYMENT_COLUMNS, noun: "deployments" });
  },
});
