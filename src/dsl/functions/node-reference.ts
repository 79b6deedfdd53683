import { classError, type DslErrorClass } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import type { Path } from "../path.ts";
import type { PlanNode } from "../plan.ts";
import type { ScopeKind, Validation } from "./definition.ts";
import { isFunction } from "./recognize.ts";

export const isKeyword = (name: unknown): name is "SELF" | "SOURCE" | "TARGET" =>
  name === "SELF" || name === "SOURCE" || name === "TARGET";

/** The class of error where a word stands in a scope in which it means nothing. */
export type KeywordErrors = Readonly<Record<ScopeKind, DslErrorClass>>;

/**
 * The node a function's first argument names. With a function among the arguments, nothing is told before it is evaluated.
 * @throws DslError KeyError unknown node, or of the given class for a word out of place
 */
export function referredNode(
  [name, ...keys]: readonly unknown[],
  validation: Validation,
  errors: KeywordErrors,
  path: Path | null,
): PlanNode | undefined {
  if (isFunction(name) || keys.some(isFunction)) return undefined;
  if (isKeyword(name)) {
    const node = { SELF: validation.self, SOURCE: validation.source, TARGET: validation.target }[name];
    const home: ScopeKind = name === "SELF" ? "node" : "relationship";
    if (validation.scope === home) return node;
    throw classError(errors[validation.scope], `${name} means nothing here`, {
      at: path,
      hint:
        name === "SELF"
          ? "SELF stands in properties and operation inputs of a node; name the node instead"
          : `${name} stands in operation inputs of relationships; name the node instead`,
    });
  }
  const node = validation.node(String(name));
  if (node || validation.isBrokenNode(String(name))) return node;
  throw classError("KeyError", `there is no node ${JSON.stringify(name)}`, {
    at: path,
    hint: nearestHint(String(name), validation.nodeNames()),
  });
}
