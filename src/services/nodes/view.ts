import type { JsonObject, Node } from "../../api/resources.ts";
import type { NodeRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";

export const NODE_FIELDS = [
  "id",
  "visibility",
  "deploy_number_of_instances",
  "host_id",
  "max_number_of_instances",
  "min_number_of_instances",
  "number_of_instances",
  "planned_number_of_instances",
  "plugins",
  "plugins_to_install",
  "properties",
  "relationships",
  "operations",
  "type",
  "type_hierarchy",
  "drifted_instances",
  "unavailable_instances",
  "actual_number_of_instances",
  "deployment_id",
  "blueprint_id",
  "deployment_display_name",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "actual_planned_number_of_instances",
] as const satisfies (keyof Node)[];

/** Operations tell all that the interfaces, from which they were made, say. */
function withoutInterfaces(relationship: JsonObject): JsonObject {
  const { source_interfaces: _source, target_interfaces: _target, ...shown } = relationship;
  return shown;
}

export const nodeView = (row: NodeRow): Node => ({
  id: row.id,
  visibility: row.visibility,
  deploy_number_of_instances: row.deploy_number_of_instances,
  host_id: row.host_id,
  max_number_of_instances: row.max_number_of_instances,
  min_number_of_instances: row.min_number_of_instances,
  number_of_instances: row.number_of_instances,
  planned_number_of_instances: row.planned_number_of_instances,
  plugins: row.plugins,
  plugins_to_install: row.plugins_to_install.length > 0 ? row.plugins_to_install : null,
  properties: row.properties,
  relationships: row.relationships.map(withoutInterfaces),
  operations: row.operations,
  type: row.type,
  type_hierarchy: row.type_hierarchy,
  drifted_instances: row.drifted_instances,
  unavailable_instances: row.unavailable_instances,
  actual_number_of_instances: row.actual_number_of_instances,
  deployment_id: row.deployment_id,
  blueprint_id: row.blueprint_id,
  deployment_display_name: row.deployment_display_name,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
  actual_planned_number_of_instances: row.planned_number_of_instances,
});
