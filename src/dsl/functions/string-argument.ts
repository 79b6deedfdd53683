import type { Path } from "../path.ts";
import { isTextOrFunction, mustFit, type Validation } from "./definition.ts";
import { type Scope, scopeError } from "./evaluation.ts";
import { type FunctionName, isFunction } from "./recognize.ts";

interface Parameters {
  texts: number;
  /** A number may follow the texts. */
  number?: true;
}

/** `[text, text…]`, with at most one number after so many texts. */
export const textsOf = (name: FunctionName, form: string, { texts, number }: Parameters) => ({
  check(argument: unknown, path: Path | null): void {
    const most = number ? texts + 1 : texts;
    const fits = Array.isArray(argument) && argument.length >= texts && argument.length <= most;
    mustFit(fits, "FunctionValidationError", name, form, path);
  },
  validate(argument: unknown, _validation: Validation, path: Path | null): void {
    const parts = argument as unknown[];
    const last = parts[texts] ?? 0;
    const fits = parts.slice(0, texts).every(isTextOrFunction) && (isFunction(last) || isCount(last));
    mustFit(fits, "FunctionValidationError", name, form, path);
  },
});

// A boolean counts as 0 or 1, as it does in Python.
const isCount = (value: unknown) => Number.isInteger(value) || typeof value === "boolean";

/** @throws DslError FunctionEvaluationError: an argument turned out to be no text */
export function textOf(value: unknown, name: string, scope: Scope): string {
  if (typeof value === "string") return value;
  throw scopeError("FunctionEvaluationError", `${name} takes text, and one of its arguments is none`, scope);
}

/** @throws DslError FunctionEvaluationError: it turned out to be no whole number */
export function integerOf(value: unknown, name: string, scope: Scope): number {
  if (isCount(value)) return Number(value);
  throw scopeError("FunctionEvaluationError", `${name} takes a whole number at its end`, scope);
}
