/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A declared property, parameter or input: the keys its author wrote, and no others. */
export interface PropertySchema {
  type?: string;
  default?: unknown;
  description?: string;
  required?: boolean;
}

export type Constraint = Record<string, unknown>;

export interface ParameterSchema extends PropertySchema {
  item_type?: string;
  constraints?: Constraint[];
}

export interface InputSchema extends ParameterSchema {
  display_label?: string;
  hidden?: boolean;
  display?: { rows?: number };
}

/** A plugin with every field; null where the author wrote none. */
export interface PlanPlugin {
  name: string;
  executor: string;
  install: boolean;
  source: string | null;
  install_arguments: string | null;
  package_name: string | null;
  package_version: string | null;
  supported_platform: string | null;
  distribution: string | null;
  distribution_version: string | null;
  distribution_release: string | null;
  properties: Record<string, unknown> | null;
  properties_description: string | null;
}

/** An operation with its mapping resolved. An operation that does nothing has empty `plugin` and `operation`. */
export interface PlanOperation {
  plugin: string;
  operation: string;
  executor: string | null;
  inputs: Record<string, unknown>;
  /** Set when a deployment is prepared: a function is left that only running the operation can answer. */
  has_intrinsic_functions: boolean;
  max_retries: number | null;
  /** Seconds. */
  retry_interval: number | null;
  /** Seconds. */
  timeout: number | null;
  timeout_recoverable: boolean | null;
  /** Declared types of the inputs whose value is an object. */
  inputs_types?: Record<string, string>;
}

/** `<interface>.<operation>`, and `<operation>` alone where only one interface has it. */
export type PlanOperations = Record<string, PlanOperation>;

/** An operation as its interface holds it: merged of type and template, mapping unresolved. */
export interface InterfaceOperation {
  implementation: string;
  inputs: Record<string, unknown>;
  executor: string | null;
  max_retries: number | null;
  retry_interval: number | null;
  timeout: number | null;
  timeout_recoverable: boolean | null;
  inputs_types?: Record<string, string>;
}

export type Interfaces = Record<string, Record<string, InterfaceOperation>>;

export interface PlanRelationship {
  type: string;
  type_hierarchy: string[];
  target_id: string;
  properties: Record<string, unknown>;
  source_interfaces: Interfaces;
  target_interfaces: Interfaces;
  source_operations: PlanOperations;
  target_operations: PlanOperations;
}

/** How many there are and may be. `max_instances` -1: no limit. */
export interface InstanceCounts {
  default_instances: number;
  min_instances: number;
  max_instances: number;
  current_instances: number;
  planned_instances: number;
}

export interface PlanNode {
  id: string;
  name: string;
  type: string;
  type_hierarchy: string[];
  properties: Record<string, unknown>;
  /** The legacy form of the count. */
  instances: { deploy: number };
  capabilities: { scalable: { properties: InstanceCounts } };
  interfaces: Interfaces;
  operations: PlanOperations;
  relationships: PlanRelationship[];
  /** The node that hosts it, itself when it is a host. */
  host_id?: string;
  plugins: PlanPlugin[];
  /** Host nodes only: what the agent of the host needs. */
  plugins_to_install?: PlanPlugin[];
  deployment_plugins_to_install: PlanPlugin[];
}

export interface AvailabilityRules {
  available?: boolean;
  node_instances_active?: string[];
  node_types_required?: string[];
}

export interface PlanWorkflow {
  plugin: string;
  operation: string;
  parameters: Record<string, ParameterSchema>;
  is_cascading: boolean;
  availability_rules: AvailabilityRules | null;
}

export interface PlanRelationshipType {
  name: string;
  derived_from?: string;
  type_hierarchy: string[];
  properties: Record<string, PropertySchema>;
  source_interfaces: Record<string, unknown>;
  target_interfaces: Record<string, unknown>;
}

export interface PlanDataType {
  properties: Record<string, PropertySchema>;
  derived_from: string | null;
  description: string | null;
  version: string | null;
}

export interface PlanOutput {
  value?: unknown;
  description?: string;
}

export interface PlanGroup {
  members: string[];
  policies: Record<string, unknown>;
}

export interface PlanScalingGroup {
  members: string[];
  properties: InstanceCounts;
}

export interface PlanPolicy {
  type: string;
  targets: string[];
  properties: InstanceCounts;
}

export interface DefaultSchedule {
  workflow: string;
  /** `YYYY-MM-DD HH:MM:SS` in UTC, or a relative time such as `+2w+1d`. */
  since: string;
  until?: string;
  recurrence?: string;
  weekdays?: string[];
  count?: number;
  slip?: number;
  default_enabled?: boolean;
  stop_after_fail?: boolean;
  workflow_parameters?: Record<string, unknown>;
  execution_arguments?: Record<string, unknown>;
}

export interface DeploymentSettings {
  default_schedules: Record<string, DefaultSchedule>;
  default_groups?: unknown[];
  id_template?: string;
  display_name?: unknown;
}

/** Label key to its values; a value may be a function until the deployment is prepared. */
export type Labels = Record<string, { values: unknown[] }>;

/** What parsing and preparing share. */
export interface PlanBase {
  version: { raw: string; definitions_name: "cloudify_dsl"; definitions_version: [number, number] };
  description: string | null;
  metadata: JsonObject | null;
  nodes: PlanNode[];
  /** Types of relationships by name. */
  relationships: Record<string, PlanRelationshipType>;
  data_types: Record<string, PlanDataType>;
  workflows: Record<string, PlanWorkflow>;
  policy_types: Record<string, unknown>;
  policy_triggers: Record<string, unknown>;
  groups: Record<string, PlanGroup>;
  policies: Record<string, PlanPolicy>;
  scaling_groups: Record<string, PlanScalingGroup>;
  outputs: Record<string, PlanOutput>;
  capabilities: Record<string, PlanOutput>;
  labels: Labels;
  blueprint_labels: Labels;
  resource_tags: Record<string, unknown>;
  deployment_settings: DeploymentSettings | null;
  /** Names of secrets, and paths of capabilities of the parent deployment, that a deployment will need. */
  requirements: { secrets: unknown[]; parent_capabilities: unknown[][] };
  deployment_plugins_to_install: PlanPlugin[];
  workflow_plugins_to_install: PlanPlugin[];
  host_agent_plugins_to_install: PlanPlugin[];
  /** Blueprints that were imported, and the namespace each went into. */
  imported_blueprints: string[];
  namespaces_mapping: Record<string, string>;
}

/** A parsed blueprint: plain JSON, of the shape the management server has always stored and shown. */
export interface Plan extends PlanBase {
  inputs: Record<string, InputSchema>;
}

export interface PlanNodeInstance {
  id: string;
  name: string;
  node_id: string;
  host_id?: string;
  relationships: { type: string; target_name: string; target_id: string }[];
  /** Innermost first. */
  scaling_groups?: { name: string; id: string }[];
}

/** A `get_capability` that ties this deployment to another one. */
export interface InterDeploymentFunction {
  /** `outputs.x.value.get_capability` */
  function_identifier: string;
  /** Literal id or null, and the first argument as it stands when it is not literal. */
  target_deployment: [string | null, unknown];
  /** Node instance ids under `self`, `source`, `target`. */
  context: { self?: string; source?: string; target?: string };
}

/** A plan for one deployment: inputs have values, static functions are gone, instances are made. */
export interface DeploymentPlan extends PlanBase {
  inputs: Record<string, unknown>;
  node_instances: PlanNodeInstance[];
  inter_deployment_functions: InterDeploymentFunction[];
}
