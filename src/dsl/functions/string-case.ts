import { isDict } from "../records.ts";
import { type FunctionDefinition, isTextOrFunction, mustFit } from "./definition.ts";
import { textOf } from "./string-argument.ts";

const stringCase = (name: "string_lower" | "string_upper", change: (text: string) => string): FunctionDefinition => ({
  name,
  kind: "hybrid",
  check(argument, path) {
    const fits = typeof argument === "string" || (isDict(argument) && Object.keys(argument).length === 1);
    mustFit(fits, "FunctionValidationError", name, "a text", path);
  },
  validate: (argument, _validation, path) =>
    mustFit(isTextOrFunction(argument), "FunctionValidationError", name, "a text", path),
  compute(argument, scope) {
    return change(textOf(argument, name, scope));
  },
});

/** `{string_lower: text}` */
export const stringLower = stringCase("string_lower", (text) => text.toLowerCase());

/** `{string_upper: text}` */
export const stringUpper = stringCase("string_upper", (text) => text.toUpperCase());
