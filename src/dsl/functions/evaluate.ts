import type { Dict } from "../records.ts";
import { type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import { checkResultType } from "./get-input.ts";
import { containsFunction, type FunctionName, functionNameOf } from "./recognize.ts";
import { FUNCTIONS } from "./registry.ts";

/** A value with its functions evaluated, as far as the stage allows. Values without functions are returned as they are. */
export function* evaluateValue(value: unknown, scope: Scope): Evaluation {
  if (!containsFunction(value)) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(yield* evaluateValue(item, scope));
    return items;
  }
  const name = functionNameOf(value);
  if (name !== undefined) return yield* evaluateCall(name, value as Dict, scope);
  const entries: Dict = {};
  for (const [key, item] of Object.entries(value as Dict)) entries[key] = yield* evaluateValue(item, scope);
  return entries;
}

function* evaluateCall(name: FunctionName, call: Dict, scope: Scope): Evaluation {
  const definition = FUNCTIONS[name];
  if (scope.depth >= scope.depthLimit) {
    throw scopeError(
      "EvaluationRecursionLimitReached",
      `functions lead to functions more than ${scope.depthLimit} times`,
      scope,
      {
        hint: "break the circle, if there is one",
      },
    );
  }
  const deeper: Scope = { ...scope, depth: scope.depth + 1 };
  const argument = yield* evaluateValue(call[name], deeper);
  definition.check(argument, scope.path);
  if (scope.stage === "static" && (definition.kind === "run-time" || definition.waits?.(argument))) {
    return { ...call, [name]: argument };
  }
  if (scope.stage === "static" && !definition.waits && containsFunction(argument)) {
    throw scopeError("FunctionEvaluationError", `${name} has an argument that is not known before run time`, scope, {
      hint: "only concat and merge can wait for run time",
    });
  }
  const result =
    "compute" in definition
      ? definition.compute(argument, deeper)
      : yield* definition.evaluate(argument, deeper, evaluateValue);
  if (name === "get_input") checkResultType(result, call["type"], scope);
  // An input whose value asks for that input again stays as it is written.
  const unchanged = functionNameOf(result) === name && JSON.stringify(result) === JSON.stringify(call);
  return definition.evaluatesResult && !unchanged ? yield* evaluateValue(result, deeper) : result;
}
