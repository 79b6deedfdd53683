import type { PlanNode, PlanNodeInstance, PlanScalingGroup } from "../../dsl/index.ts";
import type { DeploymentRow, NodeInstanceRow, NodeRow } from "../../storage/index.ts";

/** A stored node in the form that plans are made of. */
export const planNodeOf = (row: NodeRow): PlanNode => ({
  id: row.id,
  name: row.id,
  type: row.type,
  type_hierarchy: row.type_hierarchy,
  properties: row.properties,
  instances: { deploy: row.deploy_number_of_instances },
  capabilities: {
    scalable: {
      properties: {
        min_instances: row.min_number_of_instances,
        max_instances: row.max_number_of_instances,
        default_instances: row.deploy_number_of_instances,
        current_instances: row.number_of_instances,
        planned_instances: row.planned_number_of_instances,
      },
    },
  },
  interfaces: {},
  operations: row.operations as unknown as PlanNode["operations"],
  relationships: row.relationships as unknown as PlanNode["relationships"],
  ...(row.host_id === null ? {} : { host_id: row.host_id }),
  plugins: row.plugins as unknown as PlanNode["plugins"],
  deployment_plugins_to_install: [],
});

export const planInstanceOf = (row: NodeInstanceRow): PlanNodeInstance => ({
  id: row.id,
  name: row.node_id,
  node_id: row.node_id,
  ...(row.host_id === null ? {} : { host_id: row.host_id }),
  relationships: row.relationships as unknown as PlanNodeInstance["relationships"],
  scaling_groups: row.scaling_groups as unknown as NonNullable<PlanNodeInstance["scaling_groups"]>,
});

export const scalingGroupsOf = ({ scaling_groups }: DeploymentRow): Record<string, PlanScalingGroup> =>
  (scaling_groups ?? {}) as unknown as Record<string, PlanScalingGroup>;
