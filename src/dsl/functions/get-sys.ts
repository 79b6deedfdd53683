import { classError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import type { Path } from "../path.ts";
import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ask, scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  tenant: ["name"],
  deployment: ["id", "name", "blueprint", "owner"],
};

/** `{get_sys: [tenant, name]}` or `[deployment, id | name | blueprint | owner]` */
export const getSys: FunctionDefinition = {
  name: "get_sys",
  kind: "run-time",
  check(argument, path) {
    mustFit(isPathOf(argument, 2), "ValueError", "get_sys", "a list of an entity and its property", path);
  },
  validate(argument, _validation, path) {
    const [entity, property] = argument as unknown[];
    if (!isFunction(entity)) checkKnown(entity, property, path);
  },
  *evaluate(argument, scope) {
    const [entity, property] = argument as [string, string];
    checkKnown(entity, property, scope.path);
    const value = yield* ask("sys", entity, property);
    if (value === undefined)
      throw scopeError("FunctionEvaluationError", `the ${property} of the ${entity} is not known`, scope);
    return value;
  },
};

function checkKnown(entity: unknown, property: unknown, path: Path | null): void {
  const name = String(entity);
  const properties = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  if (!properties) {
    const hint = nearestHint(name, Object.keys(PROPERTIES)) ?? `entities are ${Object.keys(PROPERTIES).join(", ")}`;
    throw classError("UnknownSysEntityError", `get_sys knows no ${JSON.stringify(entity)}`, { at: path, hint });
  }
  if (isFunction(property) || properties.includes(String(property))) return;
  const hint = nearestHint(String(property), properties) ?? `properties are ${properties.join(", ")}`;
  throw classError("UnknownSysPropertyError", `a ${entity} has no ${JSON.stringify(property)}`, { at: path, hint });
}
