import type { Json, JsonObject } from "../../api/resources.ts";
import type { NodeInstanceRow, NodeRow, Repositories } from "../../storage/index.ts";
import type {
  DeploymentView,
  InstanceView,
  NodeRelationshipView,
  NodeView,
  OperationView,
} from "../../workflow/index.ts";

/** Reads what a workflow knows of its deployment. */
export async function readDeployment(
  read: Repositories,
  tenant: string,
  deploymentId: string,
): Promise<DeploymentView> {
  const deployment = await read.deployments.get(tenant, deploymentId);
  const nodes = await read.nodes.ofDeployment(tenant, deploymentId);
  const instances = await read.nodeInstances.ofDeployment(tenant, deploymentId);
  const nodeOf = new Map(instances.map(({ id, node_id }) => [id, node_id]));
  return {
    id: deploymentId,
    nodes: nodes.map(nodeView),
    instances: instances.map((row) => instanceView(row, nodeOf)),
    scalingGroups: (deployment?.scaling_groups ?? {}) as unknown as DeploymentView["scalingGroups"],
  };
}

const nodeView = (row: NodeRow): NodeView => ({
  id: row.id,
  type: row.type,
  typeHierarchy: row.type_hierarchy,
  hostId: row.host_id,
  properties: row.properties,
  operations: operations(row.operations),
  relationships: row.relationships.map(relationshipView),
  numberOfInstances: row.number_of_instances,
  plannedNumberOfInstances: row.planned_number_of_instances,
  maxNumberOfInstances: row.max_number_of_instances,
});

const relationshipView = (relationship: JsonObject): NodeRelationshipView => ({
  targetId: String(relationship["target_id"]),
  type: String(relationship["type"]),
  typeHierarchy: (relationship["type_hierarchy"] ?? []) as string[],
  properties: (relationship["properties"] ?? {}) as JsonObject,
  sourceOperations: operations(relationship["source_operations"]),
  targetOperations: operations(relationship["target_operations"]),
});

const operations = (stored: Json | undefined): Record<string, OperationView> =>
  Object.fromEntries(
    Object.entries((stored ?? {}) as Record<string, JsonObject>).map(([name, entry]) => [name, operation(entry)]),
  );

const operation = (entry: JsonObject): OperationView => ({
  operation: String(entry["operation"] ?? ""),
  plugin: String(entry["plugin"] ?? ""),
  executor: (entry["executor"] ?? null) as string | null,
  inputs: (entry["inputs"] ?? {}) as JsonObject,
  hasIntrinsicFunctions: entry["has_intrinsic_functions"] === true,
  maxRetries: (entry["max_retries"] ?? null) as number | null,
  retryInterval: (entry["retry_interval"] ?? null) as number | null,
  timeout: (entry["timeout"] ?? null) as number | null,
  timeoutRecoverable: (entry["timeout_recoverable"] ?? null) as boolean | null,
});

type InstanceFields = Pick<
  NodeInstanceRow,
  | "id"
  | "node_id"
  | "host_id"
  | "index"
  | "state"
  | "runtime_properties"
  | "system_properties"
  | "relationships"
  | "scaling_groups"
>;

/** @param nodeOf nodes by instance, where they are at hand; a relationship names its target's node as well */
export const instanceView = (row: InstanceFields, nodeOf?: ReadonlyMap<string, string>): InstanceView => ({
  id: row.id,
  nodeId: row.node_id,
  hostId: row.host_id,
  index: row.index,
  state: row.state,
  runtimeProperties: row.runtime_properties,
  systemProperties: row.system_properties,
  relationships: row.relationships.map((each) => ({
    targetId: String(each["target_id"]),
    targetNodeId: nodeOf?.get(String(each["target_id"])) ?? String(each["target_name"]),
    type: String(each["type"]),
  })),
  scalingGroups: row.scaling_groups.map((group) => ({ id: String(group["id"]), name: String(group["name"]) })),
});
