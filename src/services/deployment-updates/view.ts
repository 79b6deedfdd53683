import type { DeploymentUpdate } from "../../api/deployment-changes.ts";
import type { Json } from "../../api/resources.ts";
import type { DeploymentUpdateRow } from "../../storage/index.ts";
import { visibilityForms } from "../views.ts";
import { detailsOf } from "./details.ts";

/** In the order of the wire. */
export const UPDATE_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "deployment_plan",
  "deployment_update_node_instances",
  "central_plugins_to_uninstall",
  "central_plugins_to_install",
  "deployment_update_nodes",
  "modified_entity_ids",
  "old_inputs",
  "new_inputs",
  "state",
  "runtime_only_evaluation",
  "keep_old_deployment_dependencies",
  "deployment_id",
  "execution_id",
  "old_blueprint_id",
  "new_blueprint_id",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "steps",
  "recursive_dependencies",
  "schedules_to_create",
  "schedules_to_delete",
  "labels_to_create",
] as const satisfies (keyof DeploymentUpdate)[];

/** Fields that are kept among the details of an update: no column holds them. */
export const UPDATE_DETAIL_FIELDS = [
  "private_resource",
  "deployment_plan",
  "deployment_update_node_instances",
  "deployment_update_nodes",
  "central_plugins_to_uninstall",
  "central_plugins_to_install",
  "modified_entity_ids",
  "steps",
  "recursive_dependencies",
  "schedules_to_create",
  "schedules_to_delete",
  "labels_to_create",
];

export function updateView(row: DeploymentUpdateRow): DeploymentUpdate {
  const { steps = [], ...found } = detailsOf(row);
  const owner = { tenant_name: row.tenant_name, created_by: row.created_by, ...visibilityForms(row.visibility) };
  return {
    created_at: row.created_at,
    id: row.id,
    visibility: row.visibility,
    deployment_plan: found.deployment_plan ?? null,
    deployment_update_node_instances: (found.deployment_update_node_instances ?? null) as Json,
    central_plugins_to_uninstall: null,
    central_plugins_to_install: null,
    deployment_update_nodes: (found.deployment_update_nodes ?? null) as Json,
    modified_entity_ids: null,
    old_inputs: row.old_inputs,
    new_inputs: row.new_inputs,
    state: row.state,
    runtime_only_evaluation: row.runtime_only_evaluation,
    keep_old_deployment_dependencies: row.keep_old_deployment_dependencies,
    deployment_id: row.deployment_id,
    execution_id: row.execution_id,
    old_blueprint_id: row.old_blueprint_id,
    new_blueprint_id: row.new_blueprint_id,
    ...owner,
    steps: steps.map(({ id, action, entity_id, entity_type, topology_order }) => ({
      id,
      visibility: row.visibility,
      action,
      entity_id,
      entity_type,
      topology_order,
      deployment_update_id: row.id,
      ...owner,
    })),
    recursive_dependencies: found.recursive_dependencies ?? null,
    schedules_to_create: null,
    schedules_to_delete: null,
    labels_to_create: null,
  };
}
