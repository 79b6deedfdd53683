import type { FunctionDefinition } from "./definition.ts";
import { textOf, textsOf } from "./string-argument.ts";

/** `{string_find: [text, part]}`: where the part begins, -1 when it does not occur. */
export const stringFind: FunctionDefinition = {
  name: "string_find",
  kind: "hybrid",
  ...textsOf("string_find", "a text and a part of it", { texts: 2 }),
  compute(argument, scope) {
    const [text, part] = (argument as unknown[]).map((value) => textOf(value, "string_find", scope));
    return text?.indexOf(part ?? "");
  },
};
