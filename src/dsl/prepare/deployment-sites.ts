// Where functions are left in a plan once it is prepared, under the names that dependencies between deployments use.
import { containsFunction } from "../functions/recognize.ts";
import type { PlanBase, PlanNode, PlanOperations } from "../plan.ts";

export interface DeploymentSite {
  value: unknown;
  /** `nodes.web.properties.url` */
  identifier: string;
  node?: PlanNode;
  /** Name of the target node, for operations of relationships. */
  target?: string;
}

export function* deploymentSites(plan: PlanBase): Generator<DeploymentSite> {
  for (const node of plan.nodes) {
    const prefix = `nodes.${node.id}`;
    yield* within(node.properties, `${prefix}.properties`, { node });
    yield* operationSites(node.operations, `${prefix}.operations`, { node });
    for (const { type, target_id: target, source_operations, target_operations } of node.relationships) {
      yield* operationSites(source_operations, `${prefix}.${type}`, { node, target });
      yield* operationSites(target_operations, `${prefix}.${type}`, { node, target });
    }
  }
  yield* within(plan.outputs, "outputs", {});
  yield* within(plan.capabilities, "capabilities", {});
  yield* within(plan.labels, "labels", {});
  yield* within(plan.deployment_settings ?? {}, "deployment_settings", {});
}

type Owner = Pick<DeploymentSite, "node" | "target">;

function* operationSites(operations: PlanOperations, prefix: string, owner: Owner): Generator<DeploymentSite> {
  for (const name in operations) {
    const operation = operations[name];
    if (operation?.has_intrinsic_functions) yield* within(operation.inputs, `${prefix}.${name}.inputs`, owner);
  }
}

function* within(values: object, prefix: string, owner: Owner): Generator<DeploymentSite> {
  for (const [key, value] of Object.entries(values)) {
    if (containsFunction(value)) yield { value, identifier: `${prefix}.${key}`, ...owner };
  }
}
