// Scaling a deployment: which node instances come, which go, and which have to do with them.

import { isContainedIn } from "../elements/relationships.ts";
import { classError } from "../errors.ts";
import { defaultLimits, type Limits } from "../limits.ts";
import { nearestHint } from "../nearest.ts";
import type { PlanNode, PlanNodeInstance, PlanScalingGroup } from "../plan.ts";
import { buildEntities, type Entity } from "./entities.ts";
import { type IdSuffix, instanceIds, randomSuffix } from "./instance-ids.ts";
import { connect, type Edge, growUnits, nodeInstances, type Unit } from "./instances.ts";

export interface EntityModification {
  /** How many there are to be in each container. */
  instances: number;
  /** Removed first: instances of the node or group, or members of an instance of the group. */
  removed_ids_include_hint?: readonly string[];
  /** Not removed. */
  removed_ids_exclude_hint?: readonly string[];
}

export interface ModifyRequest {
  nodes: readonly PlanNode[];
  scalingGroups: Readonly<Record<string, PlanScalingGroup>>;
  /** All node instances as they are, in storage order. */
  nodeInstances: readonly PlanNodeInstance[];
  modified: Readonly<Record<string, EntityModification>>;
  limits?: Partial<Limits>;
  idSuffix?: IdSuffix;
}

export type ModifiedNodeInstance = PlanNodeInstance & { modification?: "added" | "removed" | "extended" | "reduced" };

/**
 * What changes. Instances without `modification` are neighbours of changed ones. An added or removed instance has all
 * its relationships; every other one has only those that come or go with the change.
 */
export interface Modification {
  added_and_related: ModifiedNodeInstance[];
  removed_and_related: ModifiedNodeInstance[];
  extended_and_related: ModifiedNodeInstance[];
  reduced_and_related: ModifiedNodeInstance[];
}

/** @throws DslError an entity is unknown, or the result cannot be expanded */
export function modifyDeployment(request: ModifyRequest): Modification {
  const limits = { ...defaultLimits, ...request.limits };
  const entities = buildEntities(request.nodes, request.scalingGroups);
  for (const name of Object.keys(request.modified)) {
    if (entities.has(name)) continue;
    const hint = nearestHint(name, entities.keys());
    throw classError("KeyError", `there is no node or scaling group ${JSON.stringify(name)}`, { hint });
  }
  const before = restoreUnits(entities, request.nodeInstances);
  const newId = instanceIds(
    [...before.byId.keys(), ...request.nodeInstances.map(({ id }) => id)],
    request.idSuffix ?? randomSuffix,
  );
  const units = growUnits(
    entities.values(),
    (entity, parent) => {
      const existing = before.children(entity, parent);
      const change = request.modified[entity.name];
      // What is not to change gets back what it lacks: a group whose members had no instances has none stored.
      const wanted = change?.instances ?? Math.max(existing.length, entity.count);
      const kept = existing.length > wanted ? keep(existing, wanted, change, before) : existing;
      const added = Array.from({ length: Math.max(0, wanted - kept.length) }, () => ({
        id: newId(entity.name),
        entity,
        parent,
      }));
      return [...kept, ...added];
    },
    limits,
  );
  const edges = connect(entities, units, before.chosen);
  return compare(request.nodeInstances, before, [...units.values()].flat(), edges);
}

interface UnitsBefore {
  byId: Map<string, Unit>;
  children(entity: Entity, parent: Unit | undefined): Unit[];
  chosen(source: Entity, target: Entity): string | undefined;
}

/** The units that stored node instances are and are in. */
function restoreUnits(entities: ReadonlyMap<string, Entity>, instances: readonly PlanNodeInstance[]): UnitsBefore {
  const stored = new Map(instances.map((instance) => [instance.id, instance]));
  const byId = new Map<string, Unit>();
  const byParent = new Map<Entity, Map<Unit | undefined, Unit[]>>();
  const add = (id: string, entity: Entity, parent: Unit | undefined): Unit => {
    const unit = { id, entity, parent };
    byId.set(id, unit);
    const siblings = byParent.get(entity) ?? new Map<Unit | undefined, Unit[]>();
    byParent.set(entity, siblings);
    const together = siblings.get(parent);
    if (together) together.push(unit);
    else siblings.set(parent, [unit]);
    return unit;
  };
  const restore = (instance: PlanNodeInstance): Unit | undefined => {
    const known = byId.get(instance.id);
    const entity = entities.get(instance.node_id);
    if (known || !entity) return known;
    const contained = entity.relationships.find(isContainedIn)?.target_id;
    const containerId = instance.relationships.find(({ target_name }) => target_name === contained)?.target_id;
    const container = containerId === undefined ? undefined : stored.get(containerId);
    let parent = container && restore(container);
    for (const group of [...(instance.scaling_groups ?? [])].reverse()) {
      const groupEntity = entities.get(group.name);
      if (groupEntity) parent = byId.get(group.id) ?? add(group.id, groupEntity, parent);
    }
    return add(instance.id, entity, parent);
  };
  for (const instance of instances) restore(instance);
  const chosen = new Map<string, string>();
  for (const { node_id, relationships } of instances) {
    for (const { target_name, target_id } of relationships) chosen.set(`${node_id}\n${target_name}`, target_id);
  }
  return {
    byId,
    children: (entity, parent) => byParent.get(entity)?.get(parent) ?? [],
    chosen: (source, target) => chosen.get(`${source.name}\n${target.name}`),
  };
}

/** Which of the existing units stay: hinted ones go first, excluded ones stay, of the rest the newest go. */
function keep(
  existing: readonly Unit[],
  wanted: number,
  change: EntityModification | undefined,
  before: UnitsBefore,
): Unit[] {
  const named = (ids: readonly string[] = []) => {
    const units = new Set<Unit>();
    for (const id of ids) for (let unit = before.byId.get(id); unit; unit = unit.parent) units.add(unit);
    return units;
  };
  const include = named(change?.removed_ids_include_hint);
  const exclude = named(change?.removed_ids_exclude_hint);
  const candidates = [
    ...existing.filter((unit) => include.has(unit) && !exclude.has(unit)),
    ...existing.filter((unit) => !include.has(unit) && !exclude.has(unit)).reverse(),
  ];
  const removed = new Set(candidates.slice(0, existing.length - wanted));
  return existing.filter((unit) => !removed.has(unit));
}

function compare(
  stored: readonly PlanNodeInstance[],
  before: UnitsBefore,
  units: readonly Unit[],
  edges: readonly Edge[],
): Modification {
  const after = nodeInstances(units, edges);
  const old = new Map(stored.map((instance) => [instance.id, instance]));
  const current = new Map(after.map((instance) => [instance.id, instance]));
  const isNew = (id: string) => !old.has(id);
  const isGone = (id: string) => before.byId.has(id) && !current.has(id);
  return {
    added_and_related: changed(after, isNew, "added"),
    removed_and_related: changed(stored, isGone, "removed"),
    extended_and_related: edged(after, old, isNew, "extended"),
    reduced_and_related: edged(stored, current, isGone, "reduced"),
  };
}

/** Instances that came or went, then those at the other end of their relationships. */
function changed(
  instances: readonly PlanNodeInstance[],
  is: (id: string) => boolean,
  modification: "added" | "removed",
): ModifiedNodeInstance[] {
  const result = new Map<string, ModifiedNodeInstance>();
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  for (const instance of instances) if (is(instance.id)) result.set(instance.id, { ...instance, modification });
  for (const instance of instances) {
    if (is(instance.id)) {
      for (const { target_id } of instance.relationships) {
        const target = byId.get(target_id);
        if (target && !result.has(target_id)) result.set(target_id, { ...target, relationships: [] });
      }
    } else {
      const relationships = instance.relationships.filter(({ target_id }) => is(target_id));
      if (relationships.length > 0) result.set(instance.id, { ...instance, relationships });
    }
  }
  return [...result.values()];
}

/** Instances that stay and get more relationships, or fewer. */
function edged(
  instances: readonly PlanNodeInstance[],
  others: ReadonlyMap<string, PlanNodeInstance>,
  cameOrWent: (id: string) => boolean,
  modification: "extended" | "reduced",
): ModifiedNodeInstance[] {
  const result: ModifiedNodeInstance[] = [];
  for (const instance of instances) {
    const other = others.get(instance.id);
    if (!other || cameOrWent(instance.id)) continue;
    const targets = new Set(other.relationships.map(({ target_id }) => target_id));
    const relationships = instance.relationships.filter(({ target_id }) => !targets.has(target_id));
    if (relationships.length > 0) result.push({ ...instance, relationships, modification });
  }
  return result;
}
