/** What changes a deployment in a recorded way: updates and modifications. */
import type { Json, JsonObject, TenantResource } from "./resources.ts";

export interface DeploymentUpdate extends TenantResource {
  state: "updating" | "executing_workflow" | "finalizing" | "successful" | "failed" | "preview" | (string & {});
  deployment_id: string;
  execution_id: string | null;
  old_blueprint_id: string | null;
  new_blueprint_id: string | null;
  old_inputs: JsonObject | null;
  new_inputs: JsonObject | null;
  runtime_only_evaluation: boolean;
  steps: DeploymentUpdateStep[];
  deployment_update_nodes: Json;
  deployment_update_node_instances: Json;
  modified_entity_ids: Json;
  [detail: string]: unknown;
}

export interface DeploymentUpdateStep {
  action: "add" | "remove" | "modify";
  entity_type: string;
  entity_id: string | string[];
  topology_order?: number;
  [detail: string]: unknown;
}

export interface DeploymentModification extends TenantResource {
  deployment_id: string;
  status: "started" | "finished" | "rolledback";
  context: JsonObject | null;
  ended_at: string | null;
  modified_nodes: JsonObject;
  node_instances: JsonObject;
}

export interface InterDeploymentDependency extends TenantResource {
  dependency_creator: string;
  source_deployment_id: string | null;
  target_deployment_id: string | null;
  target_deployment_func: JsonObject | null;
  external_source: JsonObject | null;
  external_target: JsonObject | null;
}
