/** What a workflow knows of its deployment, as plain data read when it starts and again when it asks. */
import type { JsonObject } from "../api/resources.ts";
import type { NodeInstanceState } from "../api/statuses.ts";

/** An operation as the plan holds it; nulls fall back to the manager's configuration. */
export interface OperationView {
  /** The plugin's function, `script_runner.tasks.run`; empty when the operation has no implementation. */
  operation: string;
  plugin: string;
  executor: string | null;
  inputs: JsonObject;
  hasIntrinsicFunctions: boolean;
  /** -1 for ever. */
  maxRetries: number | null;
  /** Seconds. */
  retryInterval: number | null;
  /** Seconds. */
  timeout: number | null;
  timeoutRecoverable: boolean | null;
}

export interface NodeRelationshipView {
  targetId: string;
  type: string;
  typeHierarchy: string[];
  properties: JsonObject;
  sourceOperations: Record<string, OperationView>;
  targetOperations: Record<string, OperationView>;
}

export interface NodeView {
  id: string;
  type: string;
  typeHierarchy: string[];
  /** Node that this one is contained in, in the end; itself for a host. */
  hostId: string | null;
  properties: JsonObject;
  operations: Record<string, OperationView>;
  /** In the order that the blueprint declares them. */
  relationships: NodeRelationshipView[];
  numberOfInstances: number;
  plannedNumberOfInstances: number;
  /** Where scaling stops; -1, or nothing, for no limit. */
  maxNumberOfInstances?: number;
}

export interface InstanceRelationshipView {
  targetId: string;
  targetNodeId: string;
  type: string;
}

export interface ScalingGroupOfInstance {
  /** Id of the group's instance. */
  id: string;
  name: string;
}

export interface InstanceView {
  id: string;
  nodeId: string;
  hostId: string | null;
  index: number;
  state: NodeInstanceState;
  runtimeProperties: JsonObject;
  systemProperties: JsonObject;
  relationships: InstanceRelationshipView[];
  scalingGroups: ScalingGroupOfInstance[];
}

export interface ScalingGroupView {
  members: string[];
  properties: JsonObject;
}

export interface DeploymentView {
  id: string;
  nodes: NodeView[];
  /** In a stable order: it is the order in which tasks are made. */
  instances: InstanceView[];
  scalingGroups: Record<string, ScalingGroupView>;
}
