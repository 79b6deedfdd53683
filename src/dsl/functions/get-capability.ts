import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ask, scopeError } from "./evaluation.ts";
import { FUNCTION_PATH_ERRORS, valueAt } from "./value-path.ts";

/** `{get_capability: [deployment, capability, key…]}` */
export const getCapability: FunctionDefinition = {
  name: "get_capability",
  kind: "run-time",
  check(argument, path) {
    mustFit(
      isPathOf(argument, 2),
      "ValueError",
      "get_capability",
      "a list of a deployment, a capability and keys",
      path,
    );
  },
  *evaluate(argument, scope, evaluateValue) {
    const [deployment, name, ...keys] = argument as unknown[];
    const value = yield* ask("capability", String(deployment), String(name));
    if (value === undefined) {
      throw scopeError("FunctionEvaluationError", `the deployment ${deployment} has no capability ${name}`, scope);
    }
    return yield* valueAt(value, keys, String(name), FUNCTION_PATH_ERRORS, scope, evaluateValue);
  },
};
