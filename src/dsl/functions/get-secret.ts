import { type FunctionDefinition, isTextOrFunction, mustFit } from "./definition.ts";
import { ask, scopeError } from "./evaluation.ts";
import { FUNCTION_PATH_ERRORS, valueAt } from "./value-path.ts";

/** `{get_secret: name}`, or `[name, key…]` for what is inside a secret that holds JSON. */
export const getSecret: FunctionDefinition = {
  name: "get_secret",
  kind: "run-time",
  check(argument, path) {
    const fits = Array.isArray(argument) ? argument.length >= 2 : isTextOrFunction(argument);
    mustFit(fits, "FunctionValidationError", "get_secret", "a secret's name, or a list of its name and keys", path);
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...keys] = Array.isArray(argument) ? argument : [argument];
    const secret = yield* ask("secret", String(name));
    if (secret === undefined) {
      throw scopeError("UnknownSecretError", `there is no secret ${JSON.stringify(name)}`, scope, {
        hint: `create it: cfy secrets create ${String(name)}`,
      });
    }
    if (keys.length === 0) return secret;
    let value: unknown;
    try {
      value = JSON.parse(secret);
    } catch {
      // The cause would quote the secret.
      throw scopeError(
        "FunctionEvaluationError",
        `the secret ${JSON.stringify(name)} is no JSON and has no keys`,
        scope,
      );
    }
    return yield* valueAt(value, keys, String(name), FUNCTION_PATH_ERRORS, scope, evaluateValue);
  },
};
