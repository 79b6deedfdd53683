import type { FunctionDefinition } from "./definition.ts";
import { checkTexts, textOf } from "./string-argument.ts";

/** `{string_find: [text, part]}`: where the part begins, -1 when it does not occur. */
export const stringFind: FunctionDefinition = {
  name: "string_find",
  kind: "hybrid",
  check: (argument, path) => checkTexts(argument, "string_find", "a text and a part of it", { texts: 2 }, path),
  compute(argument, scope) {
    const [text, part] = (argument as unknown[]).map((value) => textOf(value, "string_find", scope));
    return text?.indexOf(part ?? "");
  },
};
