import type { FunctionDefinition } from "./definition.ts";
import { integerOf, textOf, textsOf } from "./string-argument.ts";

/** `{string_replace: [text, old, new, count?]}` */
export const stringReplace: FunctionDefinition = {
  name: "string_replace",
  kind: "hybrid",
  ...textsOf("string_replace", "text, old, new, and a count if need be", { texts: 3, number: true }),
  compute(argument, scope) {
    const [text, old, replacement, count] = argument as unknown[];
    const [whole, part, fresh] = [text, old, replacement].map((value) => textOf(value, "string_replace", scope));
    const limit = count === undefined || count === null ? -1 : integerOf(count, "string_replace", scope);
    return replace(whole ?? "", part ?? "", fresh ?? "", limit);
  },
};

/** A negative limit is none. An empty part stands between all characters. */
function replace(text: string, part: string, replacement: string, limit: number): string {
  const pieces = part === "" ? ["", ...text, ""] : text.split(part);
  const replacements = limit < 0 ? pieces.length - 1 : Math.min(limit, pieces.length - 1);
  return pieces
    .map((piece, index) => (index === 0 ? piece : (index <= replacements ? replacement : part) + piece))
    .join("");
}
