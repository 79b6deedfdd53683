import type { DeploymentUpdate } from "../../api/deployment-changes.ts";
import type { Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found } from "../refusal.ts";
import { project } from "../views.ts";
import { UPDATE_DETAIL_FIELDS, UPDATE_FIELDS, updateView } from "./view.ts";

export function listUpdates(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "deployment_update_list");
  return listResources(read, who, query, {
    fields: UPDATE_FIELDS,
    computed: UPDATE_DETAIL_FIELDS,
    rows: read.deploymentUpdates.list,
    view: (rows) => rows.map(updateView),
  });
}

export async function getUpdate(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery = {},
): Promise<Partial<DeploymentUpdate>> {
  authorize(who, "deployment_update_get");
  const include = parseInclude(query["_include"], UPDATE_FIELDS);
  return project(updateView(found(await read.deploymentUpdates.get(who.tenant, id), "DeploymentUpdate", id)), include);
}
