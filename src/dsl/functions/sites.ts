// Where functions may stand in a plan.
import { at, atKeys, type Path } from "../path.ts";
import type { InterfaceOperation, Interfaces, PlanNode } from "../plan.ts";
import type { ScopeKind } from "./definition.ts";
import { containsFunction } from "./recognize.ts";

/** A value that holds a function, and whose it is. */
export interface FunctionSite {
  value: unknown;
  path: Path;
  scope: ScopeKind;
  self?: PlanNode;
  source?: PlanNode;
  /** Name of the target node. */
  target?: string;
}

interface Sited {
  nodes: readonly PlanNode[];
  outputs: object;
  capabilities: object;
  labels: object;
  scaling_groups: Readonly<Record<string, { properties: object }>>;
  policies: Readonly<Record<string, { properties: object }>>;
  deployment_settings: object | null;
}

/** All values with functions in them. Properties of relationships, tags, metadata and workflow parameters are not looked at. */
export function* functionSites(plan: Sited): Generator<FunctionSite> {
  for (const node of plan.nodes) yield* nodeSites(node);
  yield* within(plan.outputs, at(null, "outputs"), { scope: "outputs" });
  for (const section of ["capabilities", "labels", "deployment_settings"] as const) {
    yield* within(plan[section] ?? {}, at(null, section), { scope: "elsewhere" });
  }
  for (const [name, policy] of Object.entries(plan.policies)) {
    yield* within(policy.properties, atKeys(null, "policies", name, "properties") as Path, { scope: "elsewhere" });
  }
}

function* nodeSites(node: PlanNode): Generator<FunctionSite> {
  const path = atKeys(null, "node_templates", node.id) as Path;
  const self = { scope: "node", self: node } as const;
  yield* within(node.properties, at(path, "properties"), self);
  const scalable = atKeys(path, "capabilities", "scalable", "properties") as Path;
  yield* within(node.capabilities.scalable.properties, scalable, self);
  yield* interfaceSites(node.interfaces, at(path, "interfaces"), self);
  for (const [index, relationship] of node.relationships.entries()) {
    const ends = { scope: "relationship", source: node, target: relationship.target_id } as const;
    const here = at(at(path, "relationships"), index);
    yield* interfaceSites(relationship.source_interfaces, at(here, "source_interfaces"), ends);
    yield* interfaceSites(relationship.target_interfaces, at(here, "target_interfaces"), ends);
  }
}

type Owner = Omit<FunctionSite, "value" | "path">;

function* interfaceSites(interfaces: Interfaces, path: Path, owner: Owner): Generator<FunctionSite> {
  for (const interfaceName in interfaces) {
    const operations = interfaces[interfaceName] ?? {};
    for (const name in operations) {
      const { implementation, inputs } = operations[name] as InterfaceOperation;
      // What has no implementation never runs, so its inputs are never asked for.
      if (implementation === "" || !containsFunction(inputs)) continue;
      yield* within(inputs, atKeys(path, interfaceName, name, "inputs") as Path, owner);
    }
  }
}

function* within(values: object, path: Path, owner: Owner): Generator<FunctionSite> {
  for (const [key, value] of Object.entries(values)) {
    if (containsFunction(value)) yield { value, path: at(path, key), ...owner };
  }
}
