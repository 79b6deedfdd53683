import type { DeploymentGroup } from "../../api/groups.ts";
import type { DeploymentGroupRow, Repositories } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const DEPLOYMENT_GROUP_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "description",
  "default_inputs",
  "creation_counter",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "default_blueprint_id",
  "deployment_ids",
  "labels",
] as const satisfies (keyof DeploymentGroup)[];

export async function deploymentGroupView(read: Repositories, row: DeploymentGroupRow): Promise<DeploymentGroup> {
  const labels = (await read.deploymentGroupLabels.of(row.tenant_name, [row.id])).get(row.id) ?? [];
  return {
    created_at: row.created_at,
    id: row.id,
    visibility: row.visibility,
    description: row.description,
    default_inputs: row.default_inputs,
    creation_counter: row.creation_counter,
    tenant_name: row.tenant_name,
    created_by: row.created_by,
    ...visibilityForms(row.visibility),
    default_blueprint_id: row.default_blueprint_id,
    deployment_ids: await read.deploymentGroups.members(row.tenant_name, row.id),
    labels: labels.map(({ key, value, created_at, created_by }) => ({ key, value, created_at, created_by })),
  };
}
