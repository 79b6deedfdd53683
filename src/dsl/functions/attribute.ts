// The value of an attribute of one node instance.
import { isDict } from "../records.ts";
import type { EvaluateValue } from "./definition.ts";
import { ask, type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";
import type { StoredNodeInstance } from "./storage.ts";

/** Looked up in the runtime properties, then in what every instance has, then in the node's properties; else null. */
export function* attributeOf(
  instance: StoredNodeInstance,
  keys: readonly unknown[],
  scope: Scope,
  evaluateValue: EvaluateValue,
): Evaluation {
  const inInstance: Scope = { ...scope, context: { ...scope.context, self: instance.id, self_node: instance.node_id } };
  const value = yield* softValueAt(instance.runtime_properties ?? {}, keys, inInstance, evaluateValue);
  if (value !== null && value !== undefined) return yield* evaluateValue(value, inInstance);
  if (keys.length === 1 && keys[0] === "node_instance_id") return instance.id;
  if (keys.length === 1 && keys[0] === "node_instance_index") return instance.index ?? null;
  const node = yield* ask("node", instance.node_id);
  const property = node ? yield* softValueAt(node.properties, keys, inInstance, evaluateValue) : null;
  return property === null || property === undefined ? null : yield* evaluateValue(property, inInstance);
}

/** What is not there is null; only a word where a list wants an index is an error. */
function* softValueAt(
  start: unknown,
  keys: readonly unknown[],
  scope: Scope,
  evaluateValue: EvaluateValue,
): Evaluation {
  let value = start;
  for (const key of keys) {
    if (isFunction(value)) value = yield* evaluateValue(value, scope);
    if (Array.isArray(value)) {
      if (typeof key !== "number") {
        throw scopeError(
          "FunctionEvaluationError",
          `a list is asked for ${JSON.stringify(key)}, which is no index`,
          scope,
        );
      }
      value = value.at(key);
    } else if (isDict(value)) value = Object.hasOwn(value, String(key)) ? value[String(key)] : null;
    else return null;
  }
  return value;
}
