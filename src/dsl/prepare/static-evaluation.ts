// Evaluation of what is known before a deployment runs: inputs, properties, and what is made of them.
import { checkCounts } from "../elements/scalable.ts";
import { formatError } from "../errors.ts";
import { evaluateValue } from "../functions/evaluate.ts";
import { type Lookup, runSync, type Scope } from "../functions/evaluation.ts";
import { containsFunction, functionNameOf } from "../functions/recognize.ts";
import type { EvaluationContext } from "../functions/storage.ts";
import type { Limits } from "../limits.ts";
import { at, atKeys, type Path } from "../path.ts";
import type { InstanceCounts, Plan, PlanBase, PlanNode, PlanOperation, PlanOperations } from "../plan.ts";
import { type Dict, isDict, mapValues, own } from "../records.ts";

export interface StaticEvaluation {
  /** Evaluates a value that stands in a scope; unchanged where it holds no function. */
  value<T>(value: T, path: Path | null, context?: EvaluationContext): T;
}

/**
 * The plan with everything evaluated that can be, and the inputs as they are after that.
 * @throws DslError of the function that failed
 */
export function evaluatePlan(plan: Plan, inputs: Dict, limits: Limits): { plan: PlanBase; inputs: Dict } {
  const properties = new Map(plan.nodes.map((node) => [node.id, node.properties]));
  const used = new Set<string>();
  const answer = ({ question, args }: Lookup): unknown => {
    const name = String(args[0]);
    if (question === "input") {
      used.add(name);
      return own(inputs, name);
    }
    const found = question === "node" ? properties.get(name) : undefined;
    return found && { id: name, properties: found };
  };
  const evaluation: StaticEvaluation = {
    value: (value, path, context = {}) => {
      if (!containsFunction(value)) return value;
      const scope: Scope = {
        stage: "static",
        context,
        path,
        depth: 0,
        depthLimit: limits.staticFunctionDepth,
        inOutputs: false,
        pending: new Set(),
      };
      return runSync(evaluateValue(value, scope), answer) as typeof value;
    },
  };
  const nodes: PlanNode[] = [];
  for (const node of plan.nodes) {
    const evaluated = evaluateNode(node, evaluation);
    properties.set(node.id, evaluated.properties);
    nodes.push(evaluated);
  }
  const section = <T extends Record<string, unknown>>(name: string, values: T): T =>
    mapValues(values, (value, key) => evaluation.value(value, atKeys(null, name, key))) as T;
  const counted = <T extends { properties: InstanceCounts }>(name: string, groups: Record<string, T>) =>
    mapValues(groups, (group, key) => {
      const path = atKeys(null, name, key, "properties") as Path;
      return { ...group, properties: evaluateCounts(group.properties, path, evaluation, {}) };
    });
  const { inputs: _, ...others } = plan;
  const evaluated: PlanBase = {
    ...others,
    nodes,
    outputs: section("outputs", plan.outputs),
    policies: counted("policies", plan.policies),
    scaling_groups: counted("groups", plan.scaling_groups),
    capabilities: section("capabilities", plan.capabilities),
    labels: section("labels", plan.labels),
    deployment_settings: evaluation.value(plan.deployment_settings, at(null, "deployment_settings")),
  };
  return { plan: evaluated, inputs: withResolvedArguments(inputs, used, evaluation) };
}

/** For a plan that is not evaluated: marks the operations whose inputs must be evaluated when they run. */
export function markRuntimeFunctions<P extends PlanBase>(plan: P): P {
  const marked = new Map<PlanOperation, PlanOperation>();
  const mark = (operation: PlanOperation): PlanOperation => {
    let result = marked.get(operation);
    if (!result) {
      const functions = Object.values(operation.inputs).some(containsFunction);
      result = functions ? { ...operation, has_intrinsic_functions: true } : operation;
      marked.set(operation, result);
    }
    return result;
  };
  const all = (operations: PlanOperations) => mapOperations(operations, mark);
  return {
    ...plan,
    nodes: plan.nodes.map((node) => ({
      ...node,
      operations: all(node.operations),
      relationships: node.relationships.map((relationship) => ({
        ...relationship,
        source_operations: all(relationship.source_operations),
        target_operations: all(relationship.target_operations),
      })),
    })),
  };
}

function evaluateNode(node: PlanNode, evaluation: StaticEvaluation): PlanNode {
  const path = atKeys(null, "node_templates", node.id) as Path;
  const self = { self_node: node.id };
  const properties: Dict = {};
  for (const [name, value] of Object.entries(node.properties)) {
    properties[name] = evaluation.value(value, atKeys(path, "properties", name), self);
  }
  const countsPath = atKeys(path, "capabilities", "scalable", "properties") as Path;
  const counts = evaluateCounts(node.capabilities.scalable.properties, countsPath, evaluation, self);
  return {
    ...node,
    properties,
    instances: { deploy: counts.default_instances },
    capabilities: { scalable: { properties: counts } },
    operations: evaluateOperations(node.operations, at(path, "interfaces"), evaluation, self),
    relationships: node.relationships.map((relationship, index) => {
      const here = at(at(path, "relationships"), index);
      const ends = { source_node: node.id, target_node: relationship.target_id };
      return {
        ...relationship,
        source_operations: evaluateOperations(
          relationship.source_operations,
          at(here, "source_interfaces"),
          evaluation,
          ends,
        ),
        target_operations: evaluateOperations(
          relationship.target_operations,
          at(here, "target_interfaces"),
          evaluation,
          ends,
        ),
      };
    }),
  };
}

function evaluateOperations(
  operations: PlanOperations,
  path: Path,
  evaluation: StaticEvaluation,
  context: EvaluationContext,
): PlanOperations {
  const evaluated = new Map<PlanOperation, PlanOperation>();
  return mapOperations(operations, (operation, name) => {
    if (!containsFunction(operation.inputs)) return operation;
    let result = evaluated.get(operation);
    if (!result) {
      const inputs = mapValues(operation.inputs, (value, input) =>
        evaluation.value(value, atKeys(path, name, "inputs", input), context),
      );
      result = { ...operation, inputs, has_intrinsic_functions: Object.values(inputs).some(containsFunction) };
      evaluated.set(operation, result);
    }
    return result;
  });
}

/** The same mapping when no operation changes: most nodes share their type's. */
function mapOperations(operations: PlanOperations, change: (operation: PlanOperation, name: string) => PlanOperation) {
  let changed: PlanOperations | undefined;
  for (const name in operations) {
    const operation = operations[name] as PlanOperation;
    const result = change(operation, name);
    if (result === operation) continue;
    changed ??= { ...operations };
    changed[name] = result;
  }
  return changed ?? operations;
}

function evaluateCounts(
  counts: InstanceCounts,
  path: Path,
  evaluation: StaticEvaluation,
  context: EvaluationContext,
): InstanceCounts {
  if (!containsFunction(counts)) return counts;
  const evaluated = mapValues({ ...counts }, (value, name) => {
    const count: unknown = evaluation.value<unknown>(value, at(path, name), context);
    if (Number.isInteger(count)) return count as number;
    throw formatError(`${name} turned out to be ${JSON.stringify(count)}, and must be an integer`, {
      at: at(path, name),
    });
  });
  checkCounts(evaluated, path);
  return evaluated as unknown as InstanceCounts;
}

/** A function that an input holds is shown with its arguments resolved once the input has been used. */
function withResolvedArguments(inputs: Dict, used: ReadonlySet<string>, evaluation: StaticEvaluation): Dict {
  return mapValues(inputs, (value, name) => {
    const call = used.has(name) && isDict(value) ? functionNameOf(value) : undefined;
    if (call === undefined) return value;
    return { ...(value as Dict), [call]: evaluation.value((value as Dict)[call], atKeys(null, "inputs", name)) };
  });
}
