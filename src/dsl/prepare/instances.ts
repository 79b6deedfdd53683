// Making instances: how many there are of each entity, what each is contained in, and how they are related.

import { isContainedIn } from "../elements/relationships.ts";
import { classError } from "../errors.ts";
import { type Limits, limitExceeded } from "../limits.ts";
import { atKeys } from "../path.ts";
import type { PlanNodeInstance, PlanRelationship } from "../plan.ts";
import { type Entity, groupsAround } from "./entities.ts";

/** An instance of a node or of a scaling group, in its place. */
export interface Unit {
  id: string;
  entity: Entity;
  parent: Unit | undefined;
}

export type UnitsByEntity = Map<Entity, Unit[]>;

export interface Edge {
  source: Unit;
  target: Unit;
  relationship: PlanRelationship;
}

const FAMILIES = [
  "cloudify.relationships.depends_on",
  "cloudify.relationships.connected_to",
  "cloudify.relationships.contained_in",
];

/** How many instances of an entity are wanted inside a parent, and which of them exist already. */
export type Populate = (entity: Entity, parent: Unit | undefined) => Unit[];

/** All units, containers before what they contain. */
export function growUnits(entities: Iterable<Entity>, populate: Populate, limits: Limits): UnitsByEntity {
  const units: UnitsByEntity = new Map();
  let total = 0;
  // A stack of its own, since containers may nest deeper than calls can.
  const waiting = [...entities].filter(({ parent }) => !parent).reverse();
  for (let entity = waiting.pop(); entity; entity = waiting.pop()) {
    const parents: readonly (Unit | undefined)[] = entity.parent ? (units.get(entity.parent) ?? []) : [undefined];
    const grown: Unit[] = [];
    for (const parent of parents) {
      for (const unit of populate(entity, parent)) grown.push(unit);
      if (total + grown.length > limits.nodeInstances) {
        throw limitExceeded(
          "nodeInstances",
          limits.nodeInstances,
          "the deployment would have too many node instances",
          {
            at: atKeys(null, "node_templates", entity.name),
          },
        );
      }
    }
    total += grown.length;
    units.set(entity, grown);
    for (let index = entity.children.length - 1; index >= 0; index--) waiting.push(entity.children[index] as Entity);
  }
  return units;
}

/**
 * The edges of all relationships, in order of source.
 * @param chosen for all_to_one the target an earlier expansion chose, which is kept while it exists
 * @throws DslError UnsupportedRelationship, IllegalConnectedToConnectionType, UnsupportedAllToOneInGroup
 */
export function connect(
  entities: ReadonlyMap<string, Entity>,
  units: UnitsByEntity,
  chosen: (source: Entity, target: Entity) => string | undefined = () => undefined,
): Edge[] {
  const edges: Edge[] = [];
  for (const entity of entities.values()) {
    for (const relationship of entity.relationships) {
      const target = entities.get(relationship.target_id);
      if (!target) continue;
      const type = connectionType(entity, relationship);
      const sources = units.get(entity) ?? [];
      const targets = units.get(target) ?? [];
      if (type === "contained_in") {
        for (const source of sources) {
          const container = ancestorOf(source, target);
          if (container) edges.push({ source, target: container, relationship });
        }
      } else if (sources.length > 0 && targets.length > 0) {
        for (const [source, reached] of pairs(entity, target, sources, targets, type, () => chosen(entity, target))) {
          for (const unit of reached) edges.push({ source, target: unit, relationship });
        }
      }
    }
  }
  return edges;
}

function connectionType(
  { name }: Entity,
  relationship: PlanRelationship,
): "contained_in" | "all_to_all" | "all_to_one" {
  const { type, type_hierarchy, target_id, properties } = relationship;
  const at = atKeys(null, "node_templates", name, "relationships");
  if (!type_hierarchy.some((ancestor) => FAMILIES.includes(ancestor))) {
    throw classError(
      "UnsupportedRelationship",
      `the relationship ${type} of ${name} to ${target_id} is of no known kind`,
      {
        at,
        hint: `derive it from ${FAMILIES.join(", ")}`,
      },
    );
  }
  if (isContainedIn(relationship)) return "contained_in";
  const connection = properties["connection_type"];
  if (connection === "all_to_all" || connection === "all_to_one") return connection;
  throw classError(
    "IllegalConnectedToConnectionType",
    `${name} is connected to ${target_id} by ${String(connection)}`,
    {
      at,
      hint: "connection_type is all_to_all or all_to_one",
    },
  );
}

function* pairs(
  source: Entity,
  target: Entity,
  sources: readonly Unit[],
  targets: readonly Unit[],
  type: "all_to_all" | "all_to_one",
  chosen: () => string | undefined,
): Generator<[Unit, readonly Unit[]]> {
  const around = new Set(groupsAround(target));
  const shared = groupsAround(source).find((group) => around.has(group));
  if (type === "all_to_one") {
    if (shared) {
      throw classError(
        "UnsupportedAllToOneInGroup",
        `${source.name} and ${target.name} are in the scaling group ${shared.name}, where all_to_one is not possible`,
        { at: atKeys(null, "node_templates", source.name, "relationships"), hint: "use all_to_all" },
      );
    }
    const before = chosen();
    const one =
      targets.find(({ id }) => id === before) ?? targets.reduce((least, unit) => (unit.id < least.id ? unit : least));
    for (const unit of sources) yield [unit, [one]];
    return;
  }
  if (!shared) {
    for (const unit of sources) yield [unit, targets];
    return;
  }
  const byGroup = new Map<Unit | undefined, Unit[]>();
  for (const unit of targets) {
    const group = ancestorOf(unit, shared);
    const together = byGroup.get(group);
    if (together) together.push(unit);
    else byGroup.set(group, [unit]);
  }
  for (const unit of sources) yield [unit, byGroup.get(ancestorOf(unit, shared)) ?? []];
}

/** The unit of an entity that a unit is contained in. */
function ancestorOf(unit: Unit, entity: Entity): Unit | undefined {
  let up = unit.parent;
  while (up && up.entity !== entity) up = up.parent;
  return up;
}

/** Node instances of the units, with their edges. */
export function nodeInstances(units: Iterable<Unit>, edges: readonly Edge[]): PlanNodeInstance[] {
  const bySource = new Map<Unit, PlanNodeInstance["relationships"]>();
  for (const { source, target, relationship } of edges) {
    const entry = { type: relationship.type, target_name: target.entity.name, target_id: target.id };
    const entries = bySource.get(source);
    if (entries) entries.push(entry);
    else bySource.set(source, [entry]);
  }
  const instances: PlanNodeInstance[] = [];
  for (const unit of units) if (unit.entity.node) instances.push(nodeInstance(unit, bySource.get(unit) ?? []));
  return instances;
}

function nodeInstance(unit: Unit, relationships: PlanNodeInstance["relationships"]): PlanNodeInstance {
  const { name } = unit.entity;
  let host: Unit | undefined;
  for (let up: Unit | undefined = unit; up; up = up.parent) if (up.entity.isHost) host = up;
  const groups: { name: string; id: string }[] = [];
  for (let up = unit.parent; up && !up.entity.node; up = up.parent) groups.push({ name: up.entity.name, id: up.id });
  return {
    id: unit.id,
    name,
    node_id: name,
    ...(host && { host_id: host.id }),
    relationships,
    ...(groups.length > 0 && { scaling_groups: groups }),
  };
}
