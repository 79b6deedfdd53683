// Nodes and scaling groups as one tree: what is contained in what, and how many of each there are per container.
import { isContainedIn } from "../elements/relationships.ts";
import { classError } from "../errors.ts";
import { atKeys } from "../path.ts";
import type { PlanNode, PlanRelationship, PlanScalingGroup } from "../plan.ts";

export interface Entity {
  name: string;
  /** Undefined for a scaling group. */
  node: PlanNode | undefined;
  parent: Entity | undefined;
  children: Entity[];
  /** Instances in each instance of the parent. */
  count: number;
  /** Relationships of the node, one per target: of several to one target the last counts. */
  relationships: PlanRelationship[];
  isHost: boolean;
}

/** All entities by name; the roots have no parent. */
export function buildEntities(
  nodes: readonly PlanNode[],
  groups: Readonly<Record<string, PlanScalingGroup>>,
): Map<string, Entity> {
  const entities = new Map<string, Entity>();
  const groupOf = new Map<string, string>();
  for (const [name, group] of Object.entries(groups)) for (const member of group.members) groupOf.set(member, name);
  for (const node of nodes) {
    const relationships = lastPerTarget(node.relationships, groupOf.has(node.id));
    const count = node.capabilities.scalable.properties.current_instances;
    entities.set(node.id, entity(node.id, node, count, relationships));
  }
  for (const [name, group] of Object.entries(groups)) {
    entities.set(name, entity(name, undefined, group.properties.current_instances, []));
  }
  for (const [member, group] of groupOf) {
    if (entities.has(member)) continue;
    throw classError("KeyError", `the group ${member} is in the scaling group ${group} and does not scale itself`, {
      at: atKeys(null, "groups", group, "members"),
      hint: `make ${member} a target of a scaling policy too`,
    });
  }
  for (const current of entities.values()) {
    const parentName = groupOf.get(current.name) ?? containerName(current.name, groups, entities);
    const parent = parentName === undefined ? undefined : entities.get(parentName);
    current.parent = parent;
    parent?.children.push(current);
  }
  return entities;
}

const entity = (
  name: string,
  node: PlanNode | undefined,
  count: number,
  relationships: PlanRelationship[],
): Entity => ({
  name,
  node,
  parent: undefined,
  children: [],
  count,
  relationships,
  isHost: node?.host_id === node?.id && node !== undefined,
});

/** A member of a group is contained in its container by way of the group, whatever else relates the two. */
function lastPerTarget(relationships: readonly PlanRelationship[], inGroup: boolean): PlanRelationship[] {
  const last = new Map<string, PlanRelationship>();
  for (const relationship of relationships) {
    const key = inGroup && isContainedIn(relationship) ? "" : relationship.target_id;
    last.delete(key);
    last.set(key, relationship);
  }
  return [...last.values()];
}

/** The node that contains a node, or that contains the nodes of a group from outside the group. */
function containerName(
  name: string,
  groups: Readonly<Record<string, PlanScalingGroup>>,
  entities: ReadonlyMap<string, Entity>,
): string | undefined {
  const node = entities.get(name);
  if (node?.node) return node.relationships.find(isContainedIn)?.target_id;
  const members = membersOf(name, groups);
  for (const member of members) {
    const container = entities.get(member)?.relationships.find(isContainedIn)?.target_id;
    if (container !== undefined && !members.has(container)) return container;
  }
  return undefined;
}

/** Nodes of a group and of the groups in it. */
function membersOf(name: string, groups: Readonly<Record<string, PlanScalingGroup>>): Set<string> {
  const members = new Set<string>();
  const waiting = [name];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    for (const member of groups[group]?.members ?? []) {
      if (Object.hasOwn(groups, member)) waiting.push(member);
      else members.add(member);
    }
  }
  return members;
}

/** Ancestors that are scaling groups, innermost first. */
export function groupsAround(entity: Entity): Entity[] {
  const groups: Entity[] = [];
  for (let up = entity.parent; up; up = up.parent) if (!up.node) groups.push(up);
  return groups;
}
