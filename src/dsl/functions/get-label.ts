import { type FunctionDefinition, isTextOrFunction, mustFit } from "./definition.ts";
import { ask, scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";

/** `{get_label: key}`: all values of a label; `[key, index]`: one of them. */
export const getLabel: FunctionDefinition = {
  name: "get_label",
  kind: "run-time",
  check(argument, path) {
    const fits = Array.isArray(argument)
      ? argument.length === 2 && isTextOrFunction(argument[0]) && isIndex(argument[1])
      : isTextOrFunction(argument);
    mustFit(fits, "FunctionValidationError", "get_label", "a label's key, or a list of its key and an index", path);
  },
  *evaluate(argument, scope) {
    const [key, index] = Array.isArray(argument) ? argument : [argument];
    const values = yield* ask("label", String(key));
    if (!values || values.length === 0) {
      throw scopeError("FunctionEvaluationError", `the deployment has no label ${JSON.stringify(key)}`, scope);
    }
    if (index === undefined) return [...values];
    const value = values[Number(index)];
    if (value !== undefined) return value;
    throw scopeError(
      "FunctionEvaluationError",
      `the label ${key} has ${values.length} values, and none at ${index}`,
      scope,
    );
  },
};

// A boolean counts as 0 or 1, as it does in Python.
const isIndex = (value: unknown) =>
  Number.isInteger(value) ||
  typeof value === "boolean" ||
  isFunction(value) ||
  (typeof value === "string" && /^\d+$/.test(value));
