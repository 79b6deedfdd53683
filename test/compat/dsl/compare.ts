import type { Case } from "./case.ts";
import type { Outcome } from "./run-case.ts";

/** The built-in types describe themselves in words of their own. */
const DESCRIPTION = /^plan\.[^:]+\.description: /;
const ERROR_TEXT = "<ERROR:...>";

/** What differs between what was expected and what came, one line per place; empty when nothing does. */
export function differences(testCase: Case, actual: Outcome): string[] {
  const { expect: expected } = testCase;
  if (!expected.ok) {
    if (actual.ok)
      return [`expected ${expected.error_class} ${expected.error_code ?? ""} at ${expected.stage}, and it went well`];
    if (!expected.contract) return [];
    const { stage: _, contract: __, ...error } = expected;
    return diff(error, { ok: actual.ok, error_class: actual.error_class, error_code: actual.error_code }, "error");
  }
  if (!actual.ok) return [`failed at ${actual.stage}: ${actual.error_class} ${actual.error_code ?? ""}`];
  return expected.plan === undefined
    ? diff(expected.result, actual.result, "result")
    : diff(expected.plan, actual.plan, "plan").filter(
        (line) => !(testCase.needs_builtin_types && DESCRIPTION.test(line)),
      );
}

function diff(expected: unknown, actual: unknown, path: string): string[] {
  if (expected === ERROR_TEXT && typeof actual === "string" && actual.startsWith("<ERROR:")) return [];
  // A boolean given as a count is 0 or 1.
  if (typeof expected === "boolean" && actual === Number(expected) && /instances$/.test(path)) return [];
  if (typeof expected !== "object" || expected === null || typeof actual !== "object" || actual === null) {
    return Object.is(expected, actual) || expected === actual
      ? []
      : [`${path}: expected ${short(expected)}, got ${short(actual)}`];
  }
  if (Array.isArray(expected) !== Array.isArray(actual))
    return [`${path}: expected ${short(expected)}, got ${short(actual)}`];
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) => {
    const here = `${path}.${key}`;
    if (!Object.hasOwn(actual, key)) return [`${here}: missing, expected ${short((expected as Json)[key])}`];
    if (!Object.hasOwn(expected, key)) return [`${here}: not expected, got ${short((actual as Json)[key])}`];
    return diff((expected as Json)[key], (actual as Json)[key], here);
  });
}

type Json = Record<string, unknown>;

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
};
