import { isDict, kindOf } from "../records.ts";
import { type FunctionDefinition, mustFit } from "./definition.ts";
import { scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";

/** `{merge: [dict, dict…]}`: one dict, the later ones winning. Not deep. */
export const merge: FunctionDefinition = {
  name: "merge",
  kind: "hybrid",
  evaluatesResult: true,
  since: 3,
  // What its parts hold can be evaluated after merging them.
  waits: (argument) => Array.isArray(argument) && argument.some(isFunction),
  check(argument, path) {
    mustFit(Array.isArray(argument), "ValueError", "merge", "a list of dicts", path);
  },
  validate(argument, _validation, path) {
    mustFit((argument as unknown[]).every(isDict), "FunctionValidationError", "merge", "a list of dicts", path);
  },
  compute(argument, scope) {
    const parts = argument as unknown[];
    const wrong = parts.find((part) => !isDict(part));
    if (wrong !== undefined) {
      const className = typeof wrong === "string" || Array.isArray(wrong) ? "ValueError" : "TypeError";
      throw scopeError(className, `merge takes dicts, and one of its parts is ${kindOf(wrong)}`, scope);
    }
    return Object.assign({}, ...parts);
  },
};
