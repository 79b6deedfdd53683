import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { DeploymentPlan, PlanNode } from "../../dsl/index.ts";
import type { DeploymentRow, NodeRow } from "../../storage/index.ts";
import type { UpdateStep } from "./details.ts";

/** What an update changes, one entity at a time, as its report tells it. */
export function updateSteps(deployment: DeploymentRow, nodes: readonly NodeRow[], plan: DeploymentPlan): UpdateStep[] {
  const stored = new Map(nodes.map((node) => [node.id, node]));
  const planned = new Map(plan.nodes.map((node) => [node.id, node]));
  return [
    ...plan.nodes.filter(({ id }) => !stored.has(id)).map(({ id }) => step("add", "node", ["nodes", id])),
    ...nodes.filter(({ id }) => !planned.has(id)).map(({ id }) => step("remove", "node", ["nodes", id])),
    ...plan.nodes.flatMap((node) => {
      const before = stored.get(node.id);
      return before ? nodeSteps(before, node) : [];
    }),
    ...(isSame(deployment.description, plan.description) ? [] : [step("modify", "description", ["description"])]),
    ...compared("output", ["outputs"], deployment.outputs, plan.outputs),
    ...compared("group", ["groups"], deployment.groups, plan.groups),
    ...compared("policy_type", ["policy_types"], deployment.policy_types, plan.policy_types),
    ...compared("policy_trigger", ["policy_triggers"], deployment.policy_triggers, plan.policy_triggers),
    // Workflows are always set anew, and the report has always said so.
    ...compared("workflow", ["workflows"], deployment.workflows, plan.workflows, () => false),
  ];
}

function nodeSteps(before: NodeRow, node: PlanNode): UpdateStep[] {
  const path = ["nodes", node.id];
  return [
    ...compared("property", [...path, "properties"], before.properties, node.properties),
    ...compared("operation", [...path, "operations"], before.operations, node.operations),
    ...relationshipSteps([...path, "relationships"], before.relationships, node.relationships),
    ...compared("plugin", ["plugins", node.id], byName(before.plugins), byName(node.plugins)),
  ];
}

/** A relationship is known by its type and its target; the report names it by its place. */
function relationshipSteps(path: string[], before: readonly object[], after: readonly object[]): UpdateStep[] {
  const old = new Map(before.map((relationship, index) => [relationshipKey(relationship), { relationship, index }]));
  const steps: UpdateStep[] = [];
  for (const [index, relationship] of after.entries()) {
    const key = relationshipKey(relationship);
    const known = old.get(key);
    old.delete(key);
    const here = [...path, String(index)];
    if (!known) {
      steps.push(step("add", "relationship", here));
      continue;
    }
    for (const [part, type] of RELATIONSHIP_PARTS) {
      steps.push(...compared(type, [...here, part], valueAt(known.relationship, part), valueAt(relationship, part)));
    }
  }
  for (const { index } of old.values()) steps.push(step("remove", "relationship", [...path, String(index)]));
  return steps;
}

const RELATIONSHIP_PARTS = [
  ["properties", "property"],
  ["source_operations", "operation"],
  ["target_operations", "operation"],
] as const;

const valueAt = (object: object, key: string): unknown => (object as Record<string, unknown>)[key];

export const relationshipKey = (relationship: object): string =>
  `${String(valueAt(relationship, "type"))} ${String(valueAt(relationship, "target_id"))}`;

const byName = (plugins: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(plugins.map((plugin) => [String(valueAt(plugin as object, "name")), plugin]));

function compared(
  entityType: string,
  path: readonly string[],
  before: unknown,
  after: unknown,
  same: (before: unknown, after: unknown) => boolean = isSame,
): UpdateStep[] {
  const [old, current] = [(before ?? {}) as Record<string, unknown>, (after ?? {}) as Record<string, unknown>];
  const names = [...new Set([...Object.keys(current), ...Object.keys(old)])];
  return names.flatMap((name) => {
    if (!Object.hasOwn(old, name)) return [step("add", entityType, [...path, name])];
    if (!Object.hasOwn(current, name)) return [step("remove", entityType, [...path, name])];
    return same(old[name], current[name]) ? [] : [step("modify", entityType, [...path, name])];
  });
}

/** What was stored is JSON: a key without a value is not there. */
export const isSame = (before: unknown, after: unknown): boolean =>
  isDeepStrictEqual(asStored(before ?? null), asStored(after ?? null));

const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const step = (action: UpdateStep["action"], entity_type: string, entity_id: string[]): UpdateStep => ({
  id: randomUUID(),
  action,
  entity_type,
  entity_id,
  topology_order: 0,
});
