import { ask, type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import { isKeyword } from "./node-reference.ts";
import type { StoredNodeInstance } from "./storage.ts";

/** @throws DslError KeyError, or FunctionEvaluationError where it means nothing: a word stands where the node must be named */
export function* allInstances(node: string, scope: Scope): Evaluation<readonly StoredNodeInstance[]> {
  if (isKeyword(node)) {
    const id = { SELF: scope.context.self, SOURCE: scope.context.source, TARGET: scope.context.target }[node];
    const className = id === undefined ? "FunctionEvaluationError" : "KeyError";
    throw scopeError(className, `all instances of ${node} cannot be asked for`, scope, { hint: "name the node" });
  }
  if (!(yield* ask("node", node))) throw scopeError("KeyError", `there is no node ${JSON.stringify(node)}`, scope);
  return yield* ask("nodeInstances", node);
}
