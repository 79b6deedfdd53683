import type { DeploymentGroup } from "../../api/groups.ts";
import type { DeploymentGroupRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found } from "../refusal.ts";
import { project } from "../views.ts";
import { DEPLOYMENT_GROUP_FIELDS, deploymentGroupView } from "./view.ts";

export function listDeploymentGroups(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "deployment_group_list");
  return listResources(read, who, query, {
    fields: DEPLOYMENT_GROUP_FIELDS,
    computed: ["private_resource", "deployment_ids", "labels"],
    rows: read.deploymentGroups.list,
    view: (rows) => Promise.all(rows.map((row) => deploymentGroupView(read, row))),
  });
}

/** @throws not_found_error */
export async function getDeploymentGroup(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<DeploymentGroup>> {
  authorize(who, "deployment_group_get");
  const include = parseInclude(query["_include"], DEPLOYMENT_GROUP_FIELDS);
  return project(await deploymentGroupView(read, await deploymentGroup(read, who, id)), include);
}

/** @throws not_found_error */
export const deploymentGroup = async (read: Repositories, who: Identity, id: string): Promise<DeploymentGroupRow> =>
  found(await read.deploymentGroups.get(who.tenant, id), "DeploymentGroup", id);
