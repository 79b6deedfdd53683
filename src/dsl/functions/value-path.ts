import type { DslErrorClass } from "../errors.ts";
import { isDict } from "../records.ts";
import type { EvaluateValue } from "./definition.ts";
import { type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";

export interface PathErrors {
  /** A key or index that is not there. */
  missing: DslErrorClass;
  /** A key where a list wants an index. */
  notAnIndex: DslErrorClass;
  /** A key below text, a number or nothing. */
  scalar: DslErrorClass;
}

/** The value below a value, along keys and indices. Functions met on the way are evaluated first. */
export function* valueAt(
  start: unknown,
  keys: readonly unknown[],
  what: string,
  errors: PathErrors,
  scope: Scope,
  evaluateValue: EvaluateValue,
): Evaluation {
  let value = start;
  for (const [index, key] of keys.entries()) {
    if (isFunction(value)) value = yield* evaluateValue(value, scope);
    const way = `${what}${keys
      .slice(0, index + 1)
      .map((step) => `[${JSON.stringify(step)}]`)
      .join("")}`;
    if (Array.isArray(value)) {
      if (typeof key !== "number" || !Number.isInteger(key)) {
        throw scopeError(
          errors.notAnIndex,
          `${way}: a list is asked for ${JSON.stringify(key)}, which is no index`,
          scope,
        );
      }
      if (key >= value.length || key < -value.length) {
        throw scopeError(errors.missing, `${way}: the list has ${value.length} elements`, scope);
      }
      value = value.at(key);
    } else if (isDict(value)) {
      if (!Object.hasOwn(value, String(key))) throw scopeError(errors.missing, `${way} does not exist`, scope);
      value = value[String(key)];
    } else {
      throw scopeError(errors.scalar, `${way} leads below a value that is neither dict nor list`, scope);
    }
  }
  return value;
}

export const FUNCTION_PATH_ERRORS: PathErrors = {
  missing: "FunctionEvaluationError",
  notAnIndex: "FunctionEvaluationError",
  scalar: "FunctionEvaluationError",
};
