type MaybePromise<T> = T | Promise<T>;

export interface StoredNode {
  id: string;
  properties: Record<string, unknown>;
}

export interface StoredNodeInstance {
  id: string;
  node_id: string;
  /** Counts from 1 within its node. */
  index?: number | null;
  runtime_properties: Record<string, unknown> | null;
  relationships: { target_id: string; target_name?: string; type?: string }[];
  scaling_groups?: { id: string; name: string }[] | null;
}

/** What functions ask of a running deployment. Every method answers undefined when there is no such thing. */
export interface EvaluationStorage {
  input(name: string): MaybePromise<unknown>;
  /** The secret's value. */
  secret(name: string): MaybePromise<string | undefined>;
  node(id: string): MaybePromise<StoredNode | undefined>;
  nodeInstance(id: string): MaybePromise<StoredNodeInstance | undefined>;
  /** All instances of a node, in the order they were made. */
  nodeInstances(nodeId: string): MaybePromise<readonly StoredNodeInstance[]>;
  /** An evaluated capability of a deployment. */
  capability(deploymentId: string, name: string): MaybePromise<unknown>;
  /** Capabilities of a group's deployments, ordered by deployment id. */
  groupCapabilities(
    groupId: string,
    names: readonly string[],
  ): MaybePromise<readonly { deploymentId: string; capabilities: Record<string, unknown> }[] | undefined>;
  /** Values of a label of this deployment, by time of creation, then by value. */
  label(key: string): MaybePromise<readonly string[] | undefined>;
  /** `tenant` `name`; `deployment` `id`, `name`, `blueprint` or `owner`. */
  sys(entity: string, property: string): MaybePromise<string | undefined>;
  /** Deployments that use this one. */
  consumers(): MaybePromise<readonly { id: string; name: string }[]>;
}

/** Whose functions are evaluated: node instance ids, and node names where instances are not at hand. */
export interface EvaluationContext {
  self?: string;
  /** Node that `get_property: [SELF, …]` means. */
  self_node?: string;
  source?: string;
  target?: string;
  source_node?: string;
  target_node?: string;
  /** Prefer this instance when its node is asked for an attribute. */
  instance_id_hint?: string;
}
