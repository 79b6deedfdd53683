import type { DeploymentModification } from "../../api/deployment-changes.ts";
import type { Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found } from "../refusal.ts";
import { project } from "../views.ts";
import { MODIFICATION_FIELDS, modificationView } from "./view.ts";

export function listModifications(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "deployment_modification_list");
  return listResources(read, who, query, {
    fields: MODIFICATION_FIELDS,
    computed: ["private_resource"],
    rows: read.deploymentModifications.list,
    view: (rows) => rows.map(modificationView),
  });
}

export async function getModification(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<DeploymentModification>> {
  authorize(who, "deployment_modification_get");
  const include = parseInclude(query["_include"], MODIFICATION_FIELDS);
  const row = found(await read.deploymentModifications.get(who.tenant, id), "DeploymentModification", id);
  return project(modificationView(row), include);
}
