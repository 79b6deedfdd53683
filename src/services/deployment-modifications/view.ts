import type { DeploymentModification } from "../../api/deployment-changes.ts";
import type { DeploymentModificationRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const MODIFICATION_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "context",
  "ended_at",
  "modified_nodes",
  "node_instances",
  "status",
  "deployment_id",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
] as const satisfies (keyof DeploymentModification)[];

export const modificationView = (row: DeploymentModificationRow): DeploymentModification => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  context: row.context,
  ended_at: row.ended_at,
  modified_nodes: row.modified_nodes,
  node_instances: row.node_instances,
  status: row.status,
  deployment_id: row.deployment_id,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});
