import type { FunctionDefinition } from "./definition.ts";
import { scopeError } from "./evaluation.ts";
import { integerOf, textOf, textsOf } from "./string-argument.ts";

/** `{string_split: [text, separator, index?]}`: the parts, or one of them; a negative index counts from the end. */
export const stringSplit: FunctionDefinition = {
  name: "string_split",
  kind: "hybrid",
  ...textsOf("string_split", "text, a separator, and an index if need be", { texts: 2, number: true }),
  compute(argument, scope) {
    const [text, separator, index] = argument as unknown[];
    const by = textOf(separator, "string_split", scope);
    if (by === "") throw scopeError("ValueError", "string_split cannot split by nothing", scope);
    const parts = textOf(text, "string_split", scope).split(by);
    if (index === undefined || index === null) return parts;
    const part = parts.at(integerOf(index, "string_split", scope));
    if (part === undefined)
      throw scopeError("IndexError", `string_split gave ${parts.length} parts, not ${index}`, scope);
    return part;
  },
};
