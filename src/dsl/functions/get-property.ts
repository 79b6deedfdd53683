import type { DslError } from "../errors.ts";
import { isDict } from "../records.ts";
import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ask, type Evaluation, runSync, type Scope, scopeError } from "./evaluation.ts";
import { isKeyword, type KeywordErrors, referredNode } from "./node-reference.ts";
import { isFunction } from "./recognize.ts";
import { FUNCTION_PATH_ERRORS, valueAt } from "./value-path.ts";

const KEYWORD_ERRORS: KeywordErrors = {
  node: "ValueError",
  relationship: "ValueError",
  outputs: "ValueError",
  elsewhere: "ValueError",
};

/** Thrown to stop a look at a literal path where a function stands in the way: its value is not known yet. */
class Unknowable extends Error {}

/** `{get_property: [node, property, key…]}` */
export const getProperty: FunctionDefinition = {
  name: "get_property",
  kind: "hybrid",
  check(argument, path) {
    mustFit(isPathOf(argument, 2), "ValueError", "get_property", "a list of a node, a property and keys", path);
  },
  validate(argument, validation, path) {
    const [name, ...keys] = argument as unknown[];
    const node = referredNode([name, ...keys], validation, KEYWORD_ERRORS, path);
    if (!node) return;
    const scope = { path } as Scope;
    try {
      const unknowable = (): Evaluation => {
        throw new Unknowable();
      };
      runSync(valueAt(node.properties, keys, node.id, FUNCTION_PATH_ERRORS, scope, unknowable), () => undefined);
    } catch (error) {
      if (!(error instanceof Unknowable)) throw error;
    }
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...keys] = argument as unknown[];
    const nodeId = nodeInScope(name, scope);
    const node = yield* ask("node", nodeId);
    if (!node) throw scopeError("KeyError", `there is no node ${JSON.stringify(nodeId)}`, scope);
    const call = JSON.stringify([nodeId, ...keys]);
    const inNode = enter(scope, nodeId, call);
    const value = yield* valueAt(node.properties, keys, nodeId, FUNCTION_PATH_ERRORS, inNode, evaluateValue);
    // A property that refers to nothing but itself stays as it is written.
    if (isDict(value) && isItself(value, nodeId, keys, inNode)) return value;
    if (scope.pending.has(call)) throw circular(call, scope);
    return yield* evaluateValue(value, inNode);
  },
};

function nodeInScope(name: unknown, scope: Scope): string {
  if (!isKeyword(name)) return String(name);
  const { self_node, source_node, target_node } = scope.context;
  const node = { SELF: self_node, SOURCE: source_node, TARGET: target_node }[name];
  if (node !== undefined) return node;
  // A word that means nothing in the scope is another mistake than one whose meaning is not told.
  const { self, source, target } = scope.context;
  const inRelationship = source !== undefined && target !== undefined;
  const legal = name === "SELF" ? self !== undefined && !inRelationship : inRelationship;
  const className = legal ? "FunctionEvaluationError" : "ValueError";
  throw scopeError(className, `it is not known here which node ${name} is`, scope);
}

/** The scope of another node's property: SELF means that node. */
const enter = (scope: Scope, node: string, call: string): Scope => ({
  ...scope,
  context: { ...scope.context, self_node: node },
  pending: new Set(scope.pending).add(call),
});

function isItself(value: Record<string, unknown>, node: string, keys: readonly unknown[], scope: Scope): boolean {
  const argument = value["get_property"];
  if (!isFunction(value) || !Array.isArray(argument)) return false;
  const [name, ...path] = argument;
  const target = name === "SELF" ? scope.context.self_node : name;
  return target === node && JSON.stringify(path) === JSON.stringify(keys);
}

const circular = (call: string, scope: Scope): DslError =>
  scopeError("EvaluationRecursionLimitReached", `get_property ${call} leads back to itself`, scope, {
    hint: "break the circle of properties that refer to each other",
  });
