import type { InterDeploymentDependency } from "../../api/deployment-changes.ts";
import type { InterDeploymentDependencyRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const DEPENDENCY_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "dependency_creator",
  "target_deployment_func",
  "external_source",
  "external_target",
  "source_deployment_id",
  "target_deployment_id",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
] as const satisfies (keyof InterDeploymentDependency)[];

export const dependencyView = (row: InterDeploymentDependencyRow): InterDeploymentDependency => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  dependency_creator: row.dependency_creator,
  target_deployment_func: row.target_deployment_func,
  external_source: row.external_source,
  external_target: row.external_target,
  source_deployment_id: row.source_deployment_id,
  target_deployment_id: row.target_deployment_id,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});
