import type { Path } from "../path.ts";
import { isTextOrFunction, mustFit } from "./definition.ts";
import { type Scope, scopeError } from "./evaluation.ts";
import { isFunction } from "./recognize.ts";

/** Checks `[text, text…]`, with at most one number after so many texts. */
export function checkTexts(
  argument: unknown,
  name: string,
  form: string,
  { texts, number = false }: { texts: number; number?: boolean },
  path: Path | null,
): void {
  const fits =
    Array.isArray(argument) &&
    argument.slice(0, texts).every(isTextOrFunction) &&
    (argument.length === texts || (number && argument.length === texts + 1 && isIndex(argument[texts])));
  mustFit(fits, "FunctionValidationError", name, form, path);
}

const isIndex = (value: unknown) => Number.isInteger(value) || isFunction(value) || /^-?\d+$/.test(String(value));

/** @throws DslError FunctionEvaluationError: an argument turned out to be no text */
export function textOf(value: unknown, name: string, scope: Scope): string {
  if (typeof value === "string") return value;
  throw scopeError("FunctionEvaluationError", `${name} takes text, and one of its arguments is none`, scope);
}

/** @throws DslError FunctionEvaluationError: it turned out to be no whole number */
export function integerOf(value: unknown, name: string, scope: Scope): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number)) return number;
  throw scopeError("FunctionEvaluationError", `${name} takes a whole number at its end`, scope);
}
