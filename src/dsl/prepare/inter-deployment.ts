import { functionNameOf, isFunction } from "../functions/recognize.ts";
import type { InterDeploymentFunction, PlanNodeInstance } from "../plan.ts";
import { type Dict, isDict } from "../records.ts";
import type { DeploymentSite } from "./deployment-sites.ts";

/** Every `get_capability` that is left, once for each node instance it speaks for. */
export function interDeploymentFunctions(
  sites: readonly DeploymentSite[],
  instances: readonly PlanNodeInstance[],
): InterDeploymentFunction[] {
  const byNode = new Map<string, PlanNodeInstance[]>();
  for (const instance of instances) {
    const ofNode = byNode.get(instance.node_id);
    if (ofNode) ofNode.push(instance);
    else byNode.set(instance.node_id, [instance]);
  }
  const functions: InterDeploymentFunction[] = [];
  for (const site of sites) {
    for (const { identifier, argument } of capabilityCalls(site.value, site.identifier)) {
      const [deployment] = argument;
      const target: [string | null, unknown] = isFunction(deployment) ? [null, deployment] : [String(deployment), null];
      for (const context of contextsOf(site, byNode)) {
        functions.push({ function_identifier: identifier, target_deployment: target, context });
      }
    }
  }
  return functions;
}

function* capabilityCalls(value: unknown, identifier: string): Generator<{ identifier: string; argument: unknown[] }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* capabilityCalls(item, `${identifier}[${index}]`);
  } else if (isDict(value)) {
    const argument = (value as Dict)["get_capability"];
    if (functionNameOf(value) === "get_capability" && Array.isArray(argument)) {
      yield { identifier: `${identifier}.get_capability`, argument };
    }
    for (const [key, item] of Object.entries(value)) yield* capabilityCalls(item, `${identifier}.${key}`);
  }
}

function contextsOf({ node, target }: DeploymentSite, byNode: ReadonlyMap<string, readonly PlanNodeInstance[]>) {
  if (!node) return [{}];
  const instances = byNode.get(node.id) ?? [];
  if (target === undefined) return instances.map(({ id }) => ({ self: id }));
  return instances.map(({ id, relationships }) => {
    const reached = relationships.find(({ target_name }) => target_name === target)?.target_id;
    return { self: id, source: id, ...(reached !== undefined && { target: reached }) };
  });
}
