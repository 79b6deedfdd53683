import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ask, scopeError } from "./evaluation.ts";
import { FUNCTION_PATH_ERRORS, valueAt } from "./value-path.ts";

const PARENT_LABEL = "csys-obj-parent";
const NAME = "get_environment_capability";
const FORM = "a capability's name, or a list of its name and keys";

/** `{get_environment_capability: name}`, or `[name, key…]`: a capability of the deployment this one belongs to. */
export const getEnvironmentCapability: FunctionDefinition = {
  name: NAME,
  kind: "run-time",
  check(argument, path) {
    const fits = Array.isArray(argument) ? argument.length >= 2 : typeof argument === "string";
    mustFit(fits, "FunctionValidationError", NAME, FORM, path);
    mustFit(typeof argument === "string" || isPathOf(argument, 2), "ValueError", NAME, FORM, path);
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...keys] = Array.isArray(argument) ? argument : [argument];
    const [parent] = (yield* ask("label", PARENT_LABEL)) ?? [];
    if (parent === undefined) {
      throw scopeError("FunctionEvaluationError", "this deployment belongs to no environment", scope, {
        hint: `give it the label ${PARENT_LABEL}`,
      });
    }
    const value = yield* ask("capability", parent, String(name));
    if (value === undefined) {
      throw scopeError("FunctionEvaluationError", `the deployment ${parent} has no capability ${name}`, scope);
    }
    return yield* valueAt(value, keys, String(name), FUNCTION_PATH_ERRORS, scope, evaluateValue);
  },
};
