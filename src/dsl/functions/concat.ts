import { pythonText } from "../python/text.ts";
import { type FunctionDefinition, mustFit } from "./definition.ts";
import { containsFunction } from "./recognize.ts";

/** `{concat: [part, part…]}`: the parts as one text. */
export const concat: FunctionDefinition = {
  name: "concat",
  kind: "hybrid",
  since: 1,
  waits: containsFunction,
  check: (argument, path) => mustFit(Array.isArray(argument), "ValueError", "concat", "a list", path),
  compute(argument) {
    return (argument as unknown[]).map(pythonText).join("");
  },
};
