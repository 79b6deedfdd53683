import type { Deployment } from "../../api/resources.ts";
import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { componentTargets, dependencyTargets } from "../inter-deployment-dependencies/dependents.ts";
import { flag, last, parseInclude, type RawQuery } from "../queries/list-query.ts";
import { allRows, listResources, type Narrowing } from "../queries/list-resources.ts";
import { notFound } from "../refusal.ts";
import { listNarrowing } from "../searches/narrowing.ts";
import { project } from "../views.ts";
import { subDeployments } from "./sub-deployments.ts";
import { COMPUTED_DEPLOYMENT_FIELDS, DEPLOYMENT_FIELDS, deploymentViews, viewOfDeployment } from "./view.ts";

export async function listDeployments(read: Repositories, who: Identity, query: RawQuery, search?: Narrowing) {
  authorize(who, "deployment_list");
  const narrowing = {
    ...(search ?? (await listNarrowing(read, who, "deployments", query))),
    ...(await relatedNarrowing(read, who, query)),
  };
  return listResources(read, who, withNameSearch(query), {
    ...deploymentList(read, query, narrowing),
    view: (rows) => deploymentViews(read, rows, { workflows: flag(query, "_get_data") }),
  });
}

/** `_dependencies_of` lists what a deployment depends on, `_environments_only` leaves components of others out. */
async function relatedNarrowing(read: Repositories, who: Identity, query: RawQuery): Promise<Narrowing> {
  const of = last(query["_dependencies_of"]);
  const source = of ? await visibleDeployment(read, who, of) : undefined;
  return {
    ...(source ? { ids: await dependencyTargets(read, source.tenant_name, source.id) } : {}),
    ...(last(query["_environments_only"]) ? { withoutIds: await componentTargets(read, who.tenant) } : {}),
  };
}

/** All deployments that a list would show. */
export function matchingDeployments(
  read: Repositories,
  who: Identity,
  query: RawQuery,
  narrowing: Narrowing,
): Promise<DeploymentRow[]> {
  return allRows(who, withNameSearch(query), deploymentList(read, query, narrowing));
}

const deploymentList = (read: Repositories, query: RawQuery, narrowing: Narrowing) => ({
  fields: DEPLOYMENT_FIELDS,
  computed: COMPUTED_DEPLOYMENT_FIELDS,
  sortsByLabel: true,
  searchIn: "_search" in query ? ["id", ...("_search_name" in query ? ["display_name"] : [])] : ["display_name"],
  narrowing,
  rows: read.deployments.list,
});

/** `_search` looks into ids and `_search_name` into display names; clients that give both give the same text. */
const withNameSearch = (query: RawQuery): RawQuery => ({
  ...query,
  _search: query["_search"] ?? query["_search_name"],
});

export async function getDeployment(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<Deployment>> {
  authorize(who, "deployment_get");
  const include = parseInclude(query["_include"], DEPLOYMENT_FIELDS);
  const row = await visibleDeployment(read, who, id);
  const view = await viewOfDeployment(read, row);
  if (flag(query, "all_sub_deployments", true)) return project(view, include);
  return project({ ...view, ...(await subDeployments(read, row.tenant_name, id, { deep: false })) }, include);
}

/** The deployment, if it exists and the caller may see it. @throws not_found_error */
export async function visibleDeployment(read: Repositories, who: Identity, id: string): Promise<DeploymentRow> {
  const row = await read.deployments.get(who.tenant, id);
  if (!row || (row.visibility === "private" && row.created_by !== who.username && !isAdmin(who))) {
    throw notFound("Deployment", id);
  }
  return row;
}
