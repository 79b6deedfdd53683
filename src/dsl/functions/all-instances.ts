import { ask, type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import { isKeyword } from "./node-reference.ts";
import type { StoredNodeInstance } from "./storage.ts";

/** @throws DslError KeyError: a word stands where the node must be named */
export function* allInstances(node: string, scope: Scope): Evaluation<readonly StoredNodeInstance[]> {
  if (isKeyword(node)) {
    throw scopeError("KeyError", `all instances of ${node} cannot be asked for`, scope, { hint: "name the node" });
  }
  return yield* ask("nodeInstances", node);
}
