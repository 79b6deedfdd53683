import type { EvaluateValue } from "./definition.ts";
import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ask, type Evaluation, type Scope, scopeError } from "./evaluation.ts";
import { FUNCTION_PATH_ERRORS, valueAt } from "./value-path.ts";

/** Asks for a dict by deployment id in place of a list. */
const BY_DEPLOYMENT = "deployment_id:";

/**
 * `{get_group_capability: [group, capability or list of capabilities, key…]}`: the capability of all deployments of a
 * group, ordered by deployment id. Deployments that lack a single one are left out; of several, lacking ones are null.
 */
export const getGroupCapability: FunctionDefinition = {
  name: "get_group_capability",
  kind: "run-time",
  check(argument, path) {
    const fits = Array.isArray(argument) && argument.length >= 2;
    const names = fits ? argument.filter((part, index) => !(index === 1 && Array.isArray(part))) : [];
    mustFit(
      fits && isPathOf(names, 1),
      "ValueError",
      "get_group_capability",
      "a list of a group, capabilities and keys",
      path,
    );
  },
  *evaluate(argument, scope, evaluateValue) {
    const [group, wanted, ...keys] = argument as unknown[];
    const several = Array.isArray(wanted);
    const first = several ? String(wanted[0] ?? "") : String(wanted);
    const byDeployment = first.startsWith(BY_DEPLOYMENT);
    const names = (several ? wanted.map(String) : [String(wanted)]).map((name) => name.replace(BY_DEPLOYMENT, ""));
    const deployments = yield* ask("groupCapabilities", String(group), names);
    if (!deployments) throw scopeError("FunctionEvaluationError", `there is no deployment group ${group}`, scope);
    const found: [string, unknown][] = [];
    for (const { deploymentId, capabilities } of deployments) {
      if (!names.some((name) => Object.hasOwn(capabilities, name))) continue;
      const values: unknown[] = [];
      for (const name of names) values.push(yield* below(capabilities, name, keys, scope, evaluateValue));
      found.push([deploymentId, several ? values : values[0]]);
    }
    return byDeployment ? Object.fromEntries(found) : found.map(([, value]) => value);
  },
};

function* below(
  capabilities: Readonly<Record<string, unknown>>,
  name: string,
  keys: readonly unknown[],
  scope: Scope,
  evaluateValue: EvaluateValue,
): Evaluation {
  if (!Object.hasOwn(capabilities, name)) return null;
  return yield* valueAt(capabilities[name], keys, name, FUNCTION_PATH_ERRORS, scope, evaluateValue);
}
