import type { JsonObject } from "../../api/resources.ts";
import { type DeploymentPlan, type Modification, modifyDeployment, type PlanNode } from "../../dsl/index.ts";
import type { DeploymentRow, NodeInstanceRow, NodeRow } from "../../storage/index.ts";
import { planInstanceOf, planNodeOf, scalingGroupsOf } from "../deployments/stored-plan.ts";
import { Refusal } from "../refusal.ts";
import type { NodeChanges } from "./details.ts";
import { isSame } from "./steps.ts";

/** Attributes of a node that an update sets, and where plan and row have them. */
const ATTRIBUTES = ["properties", "operations", "relationships", "plugins"] as const;

/** Which nodes come, go and change. @throws unsupported_change_in_deployment_update */
export function nodeChanges(nodes: readonly NodeRow[], plan: DeploymentPlan): NodeChanges {
  const stored = new Map(nodes.map((node) => [node.id, node]));
  const planned = new Set(plan.nodes.map(({ id }) => id));
  const changes: NodeChanges = {
    modify_attributes: {},
    add: plan.nodes.filter(({ id }) => !stored.has(id)).map(({ id }) => id),
    remove: nodes.filter(({ id }) => !planned.has(id)).map(({ id }) => id),
  };
  for (const node of plan.nodes) {
    const before = stored.get(node.id);
    if (!before) continue;
    refuseOtherPlace(before, node);
    const attributes = ATTRIBUTES.filter((name) => !isSame(before[name], node[name]));
    if (attributes.length > 0) changes.modify_attributes[node.id] = attributes;
  }
  return changes;
}

/** A node that becomes something else, or moves to another host, would be another node. */
function refuseOtherPlace(before: NodeRow, node: PlanNode): void {
  const unsupported = (what: string) =>
    new Refusal(
      "unsupported_change_in_deployment_update",
      `An update cannot change the ${what} of node ${node.id}. Give the new node another name`,
    );
  if (before.type !== node.type) throw unsupported(`type (${before.type} to ${node.type})`);
  if (!isSame(containerOf(before.relationships), containerOf(node.relationships))) throw unsupported("container");
}

const containerOf = (relationships: readonly object[]): unknown =>
  (relationships as JsonObject[]).find((each) =>
    ((each["type_hierarchy"] ?? []) as string[]).includes("cloudify.relationships.contained_in"),
  )?.["target_id"];

/**
 * Which instances come and go, and which relationships between instances. Nodes that stay keep as many instances as
 * they have: what an operator has scaled is not undone.
 * @throws unsupported_change_in_deployment_update, DslError
 */
export function instanceChanges(
  deployment: DeploymentRow,
  nodes: readonly NodeRow[],
  instances: readonly NodeInstanceRow[],
  plan: DeploymentPlan,
): Modification {
  const stored = new Map(nodes.map((node) => [node.id, planNodeOf(node)]));
  const groups = keptCounts(scalingGroupsOf(deployment), plan.scaling_groups);
  refuseOtherGroups(deployment, stored, plan);
  const planned = plan.nodes.map((node) => ({
    ...node,
    capabilities: stored.get(node.id)?.capabilities ?? node.capabilities,
  }));
  const plannedIds = new Set(planned.map(({ id }) => id));
  const gone = [...stored.values()].filter(({ id }) => !plannedIds.has(id));
  const added = planned.filter(({ id }) => !stored.has(id));
  const modified = {
    ...Object.fromEntries(gone.map(({ id }) => [id, { instances: 0 }])),
    ...Object.fromEntries(
      added.map((node) => [node.id, { instances: node.capabilities.scalable.properties.current_instances }]),
    ),
    ...Object.fromEntries(
      Object.entries(groups)
        .filter(([name]) => !(name in scalingGroupsOf(deployment)))
        .map(([name, group]) => [name, { instances: group.properties.current_instances }]),
    ),
  };
  return modifyDeployment({
    nodes: [...planned, ...gone],
    scalingGroups: groups,
    nodeInstances: instances.map(planInstanceOf),
    modified,
  });
}

type Groups = DeploymentPlan["scaling_groups"];

/** Groups as the plan has them, with the numbers of instances that there are now. */
export const keptCounts = (stored: Groups, planned: Groups): Groups =>
  Object.fromEntries(
    Object.entries(planned).map(([name, group]) => {
      const { current_instances, planned_instances } = stored[name]?.properties ?? group.properties;
      return [name, { ...group, properties: { ...group.properties, current_instances, planned_instances } }];
    }),
  );

/** Instances know the groups that they were made in; nodes that stay cannot join or leave one. */
function refuseOtherGroups(deployment: DeploymentRow, stored: ReadonlyMap<string, PlanNode>, plan: DeploymentPlan) {
  const groupsOf = (groups: Groups, member: string) =>
    Object.keys(groups).filter((name) => groups[name]?.members.includes(member));
  for (const { id } of plan.nodes) {
    if (!stored.has(id)) continue;
    if (isSame(groupsOf(scalingGroupsOf(deployment), id), groupsOf(plan.scaling_groups, id))) continue;
    throw new Refusal(
      "unsupported_change_in_deployment_update",
      `An update cannot move node ${id} into or out of a scaling group. Give the new node another name`,
    );
  }
}
