// The check of all functions of a blueprint, before anything is evaluated.
import type { Diagnostics } from "../diagnostics.ts";
import { classError } from "../errors.ts";
import { at, type Path } from "../path.ts";
import { type Dict, isDict } from "../records.ts";
import { minorVersion } from "../version.ts";
import type { Validation } from "./definition.ts";
import { type FunctionName, functionNameOf } from "./recognize.ts";
import { FUNCTIONS } from "./registry.ts";
import type { FunctionSite } from "./sites.ts";

export type SharedValidation = Omit<Validation, "scope" | "self" | "source" | "target">;

/** Reports what is wrong with the functions of each site. */
export function validateFunctions(
  sites: Iterable<FunctionSite>,
  shared: SharedValidation,
  diagnostics: Diagnostics,
): void {
  for (const { value, path, scope, self, source, target } of sites) {
    const validation = {
      ...shared,
      scope,
      self,
      source,
      target: target === undefined ? undefined : shared.node(target),
    };
    visitCalls(value, path, (name, argument, here) => {
      diagnostics.guard(() => validateCall(name, argument, validation, here));
    });
  }
}

function validateCall(name: FunctionName, argument: unknown, validation: Validation, path: Path): void {
  const definition = FUNCTIONS[name];
  definition.check(argument, path);
  const { since } = definition;
  if (since !== undefined && validation.validateVersion && validation.version.minor < since) {
    throw classError("FunctionValidationError", `${name} needs ${minorVersion(since)} or later`, {
      at: path,
      hint: `this blueprint is ${validation.version.raw}`,
    });
  }
  definition.validate?.(argument, validation, path);
}

/** Every call of a function in a value, outer ones first. */
export function visitCalls(
  value: unknown,
  path: Path,
  visit: (name: FunctionName, argument: unknown, path: Path) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visitCalls(item, at(path, index), visit);
  } else if (isDict(value)) {
    const name = functionNameOf(value);
    if (name !== undefined) visit(name, (value as Dict)[name], at(path, name));
    for (const [key, item] of Object.entries(value)) visitCalls(item, at(path, key), visit);
  }
}
