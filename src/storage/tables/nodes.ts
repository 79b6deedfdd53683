import type { Json, JsonObject } from "../../api/resources.ts";
import type { NodeInstanceState } from "../../api/statuses.ts";
import { defaulted, derived, flag, integer, json, nullable, oneOf, table, text } from "../column.ts";
import { owned } from "./resource.ts";

const ofDeployment = (column: string) =>
  `(select deployment.${column} from deployments as deployment
    where deployment.tenant_name = nodes.tenant_name and deployment.id = nodes.deployment_id)`;

const instancesWhere = (condition: string) =>
  `(select count(*) from node_instances as instance where instance.tenant_name = nodes.tenant_name
    and instance.deployment_id = nodes.deployment_id and instance.node_id = nodes.id and ${condition})`;

/** A node's id is its name in the blueprint, unique within its deployment only. */
export const nodes = table("nodes", {
  ...owned,
  id: text,
  deployment_id: text,
  host_id: nullable(text),
  type: text,
  type_hierarchy: json<string[]>(),
  properties: json<JsonObject>(),
  operations: json<JsonObject>(),
  plugins: json<Json[]>(),
  plugins_to_install: json<Json[]>(),
  relationships: json<JsonObject[]>(),
  number_of_instances: integer,
  planned_number_of_instances: integer,
  deploy_number_of_instances: integer,
  min_number_of_instances: integer,
  max_number_of_instances: integer,
  blueprint_id: derived(text, ofDeployment("blueprint_id")),
  deployment_display_name: derived(text, ofDeployment("display_name")),
  /** Instances that exist now: neither uninitialized nor deleted. */
  actual_number_of_instances: derived(integer, instancesWhere("instance.state not in ('uninitialized', 'deleted')")),
  drifted_instances: derived(integer, instancesWhere("instance.has_configuration_drift = 1")),
  unavailable_instances: derived(integer, instancesWhere("instance.is_status_check_ok = 0")),
});

export const nodeInstances = table("node_instances", {
  ...owned,
  id: text,
  deployment_id: text,
  node_id: text,
  host_id: nullable(text),
  index: integer,
  relationships: json<JsonObject[]>(),
  runtime_properties: json<JsonObject>(),
  system_properties: json<JsonObject>(),
  scaling_groups: json<JsonObject[]>(),
  state: oneOf<NodeInstanceState>(),
  /** Counts changes: a writer that names an older one is refused. */
  version: integer,
  has_configuration_drift: defaulted(flag),
  is_status_check_ok: defaulted(flag),
});
