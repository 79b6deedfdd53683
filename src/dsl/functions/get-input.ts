import { isOfPrimitiveType } from "../elements/values.ts";
import { classError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import type { Path } from "../path.ts";
import { type FunctionDefinition, isPathOf, isTextOrFunction, mustFit, type Validation } from "./definition.ts";
import { ask, type Scope, scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";
import { valueAt } from "./value-path.ts";

const ERRORS = {
  missing: "InputEvaluationError",
  notAnIndex: "InputEvaluationError",
  scalar: "FunctionEvaluationError",
} as const;

/** `{get_input: name}`, or `[name, key or index…]` for what is inside it. */
export const getInput: FunctionDefinition = {
  name: "get_input",
  kind: "hybrid",
  evaluatesResult: true,
  check(argument, path) {
    mustFit(
      isTextOrFunction(argument) || isPathOf(argument, 1),
      "ValueError",
      "get_input",
      "an input's name, or a list of its name and keys",
      path,
    );
  },
  validate(argument, validation, path) {
    const name = Array.isArray(argument) ? argument[0] : argument;
    if (isFunction(name)) return;
    if (!Object.hasOwn(validation.inputs, String(name))) throw unknownInput(String(name), validation, path);
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...keys] = Array.isArray(argument) ? argument : [argument];
    const value = yield* ask("input", String(name));
    if (value === undefined) {
      const className = scope.stage === "static" ? "UnknownInputError" : "KeyError";
      throw scopeError(className, `there is no input ${JSON.stringify(name)}`, scope);
    }
    return yield* valueAt(value, keys, String(name), ERRORS, scope, evaluateValue);
  },
};

function unknownInput(name: string, { inputs }: Validation, path: Path | null) {
  const hint = nearestHint(name, Object.keys(inputs)) ?? "declare it in inputs";
  return classError("UnknownInputError", `there is no input ${JSON.stringify(name)}`, { at: path, hint });
}

/** `{get_input: x, type: integer}`: the value must be of that type. */
export function checkResultType(value: unknown, type: unknown, scope: Scope): void {
  if (typeof type !== "string" || isOfPrimitiveType(value, type) !== false) return;
  throw scopeError("InputEvaluationError", `the input is not of type ${type}`, scope);
}
