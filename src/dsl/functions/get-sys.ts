import { classError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import type { Path } from "../path.ts";
import { type FunctionDefinition, isTextOrFunction, mustFit } from "./definition.ts";
import { ask, scopeError } from "./evaluation.ts";

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  tenant: ["name"],
  deployment: ["id", "name", "blueprint", "owner"],
};

/** `{get_sys: [tenant, name]}` or `[deployment, id | name | blueprint | owner]` */
export const getSys: FunctionDefinition = {
  name: "get_sys",
  kind: "run-time",
  check(argument, path) {
    const fits = Array.isArray(argument) && argument.length === 2 && argument.every(isTextOrFunction);
    mustFit(fits, "ValueError", "get_sys", "a list of an entity and its property", path);
    const [entity, property] = argument as unknown[];
    if (typeof entity === "string") checkKnown(entity, property, path);
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

function checkKnown(entity: string, property: unknown, path: Path | null): void {
  const properties = Object.hasOwn(PROPERTIES, entity) ? PROPERTIES[entity] : undefined;
  if (!properties) {
    const hint = nearestHint(entity, Object.keys(PROPERTIES)) ?? `entities are ${Object.keys(PROPERTIES).join(", ")}`;
    throw classError("UnknownSysEntityError", `get_sys knows no ${JSON.stringify(entity)}`, { at: path, hint });
  }
  if (typeof property !== "string" || properties.includes(property)) return;
  const hint = nearestHint(property, properties) ?? `properties are ${properties.join(", ")}`;
  throw classError("UnknownSysPropertyError", `a ${entity} has no ${JSON.stringify(property)}`, { at: path, hint });
}
