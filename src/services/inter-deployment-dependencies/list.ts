import type { Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { DEPENDENCY_FIELDS, dependencyView } from "./view.ts";

export function listDependencies(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "inter_deployment_dependency_list");
  return listResources(read, who, query, {
    fields: DEPENDENCY_FIELDS,
    computed: ["private_resource"],
    rows: read.interDeploymentDependencies.list,
    view: (rows) => rows.map(dependencyView),
  });
}
