import type { NodeInstance } from "../../api/resources.ts";
import type { NodeInstanceRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const NODE_INSTANCE_FIELDS = [
  "id",
  "visibility",
  "host_id",
  "index",
  "relationships",
  "runtime_properties",
  "system_properties",
  "scaling_groups",
  "state",
  "version",
  "has_configuration_drift",
  "is_status_check_ok",
  "node_id",
  "deployment_id",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
] as const satisfies (keyof NodeInstance)[];

export const nodeInstanceView = (row: NodeInstanceRow): NodeInstance => ({
  id: row.id,
  visibility: row.visibility,
  host_id: row.host_id,
  index: row.index,
  relationships: row.relationships,
  runtime_properties: row.runtime_properties,
  system_properties: row.system_properties,
  scaling_groups: row.scaling_groups,
  state: row.state,
  version: row.version,
  has_configuration_drift: row.has_configuration_drift,
  is_status_check_ok: row.is_status_check_ok,
  node_id: row.node_id,
  deployment_id: row.deployment_id,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});
