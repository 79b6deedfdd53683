import { isDict } from "../records.ts";
import { type FunctionDefinition, mustFit } from "./definition.ts";
import { scopeError } from "./evaluation.ts";

/** `{merge: [dict, dict…]}`: one dict, the later ones winning. Not deep. */
export const merge: FunctionDefinition = {
  name: "merge",
  kind: "hybrid",
  evaluatesResult: true,
  since: 3,
  waits: true,
  check(argument, path) {
    mustFit(Array.isArray(argument), "ValueError", "merge", "a list of dicts", path);
    mustFit((argument as unknown[]).every(isDict), "FunctionValidationError", "merge", "a list of dicts", path);
  },
  compute(argument, scope) {
    const parts = argument as unknown[];
    if (!parts.every(isDict)) throw scopeError("ValueError", "merge takes dicts, and one of its parts is none", scope);
    return Object.assign({}, ...parts);
  },
};
