// Which node instance an attribute is read of, when a node has several.
import { ask, type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import type { StoredNodeInstance } from "./storage.ts";

/** @throws DslError FunctionEvaluationError: there is none, or it cannot be told which */
export function* chooseInstance(name: string, scope: Scope): Evaluation<StoredNodeInstance> {
  const { self, source, target, self_node } = scope.context;
  if (name === "SELF" && self === undefined && self_node !== undefined) return yield* onlyInstance(self_node, scope);
  if (name === "SELF" || name === "SOURCE" || name === "TARGET") {
    const id = { SELF: self, SOURCE: source, TARGET: target }[name];
    const instance = id === undefined ? undefined : yield* ask("nodeInstance", id);
    if (instance) return instance;
    throw scopeError("FunctionEvaluationError", `it is not known here which node instance ${name} is`, scope);
  }
  const instances = yield* ask("nodeInstances", name);
  const hint = scope.context.instance_id_hint;
  const hinted = instances.find(({ id }) => id === hint);
  if (hinted) return hinted;
  const [first] = instances;
  if (!first) throw scopeError("FunctionEvaluationError", `${name} has no node instances`, scope);
  if (instances.length === 1) return first;
  for (const contextId of [self, source, target]) {
    if (contextId === undefined) continue;
    const context = yield* ask("nodeInstance", contextId);
    const chosen = context && (reached(context, instances, contextId === self) ?? sharingGroup(context, instances));
    if (chosen) return chosen;
  }
  throw scopeError(
    "FunctionEvaluationError",
    `${name} has ${instances.length} node instances, and it is not told which is meant`,
    scope,
    {
      hint: "use get_attributes_list or get_attributes_dict for all of them",
    },
  );
}

function* onlyInstance(node: string, scope: Scope): Evaluation<StoredNodeInstance> {
  const instances = yield* ask("nodeInstances", node);
  const [only] = instances;
  if (only && instances.length === 1) return only;
  throw scopeError(
    "FunctionEvaluationError",
    `${node} has ${instances.length} node instances, so SELF could be any`,
    scope,
  );
}

/** The only one of them that SELF has a relationship to. */
function reached(self: StoredNodeInstance, instances: readonly StoredNodeInstance[], isSelf: boolean) {
  if (!isSelf) return undefined;
  const targets = new Set(self.relationships.map(({ target_id }) => target_id));
  const candidates = instances.filter(({ id }) => targets.has(id));
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** The only one of them in the smallest scaling group instance that both are in. */
function sharingGroup(context: StoredNodeInstance, instances: readonly StoredNodeInstance[]) {
  for (const group of context.scaling_groups ?? []) {
    const candidates = instances.filter((instance) => instance.scaling_groups?.some(({ id }) => id === group.id));
    if (candidates.length === 1) return candidates[0];
    if (candidates.length > 1) return undefined;
  }
  return undefined;
}
