// `constraints` of inputs and parameters: what may be declared, and whether a value keeps to it.
import { formatError, logicError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { Constraint } from "../plan.ts";
import { fits, pythonRegex } from "../python/regex.ts";
import { type Dict, isDict } from "../records.ts";
import { tooNew } from "../version.ts";
import { WholeFloat } from "../yaml/tagged-scalars.ts";
import type { ElementContext } from "./context.ts";

interface Operator {
  /** What the argument must be, in words. */
  argument: string;
  accepts: (argument: unknown) => boolean;
  /** Whether a value keeps to it; absent where only the management server's data can tell. */
  holds?: (value: unknown, argument: never) => boolean;
}

const isNumber = (value: unknown) => typeof value === "number" || value instanceof WholeFloat;
const isText = (value: unknown) => typeof value === "string";
const isList = (value: unknown) => Array.isArray(value);

const comparison = (compare: (a: number, b: number) => boolean): Operator => ({
  argument: "a number",
  accepts: isNumber,
  holds: (value, argument) => {
    const [a, b] = [asNumber(value), asNumber(argument)];
    return a !== undefined && b !== undefined && compare(a, b);
  },
});

const length = (compare: (length: number, argument: number) => boolean): Operator => ({
  argument: "a number",
  accepts: isNumber,
  holds: (value, argument) => {
    const size = lengthOf(value);
    return size !== undefined && compare(size, asNumber(argument) ?? Number.NaN);
  },
});

const OPERATORS: Readonly<Record<string, Operator>> = {
  equal: comparison((a, b) => a === b),
  greater_than: comparison((a, b) => a > b),
  greater_or_equal: comparison((a, b) => a >= b),
  less_than: comparison((a, b) => a < b),
  less_or_equal: comparison((a, b) => a <= b),
  in_range: {
    argument: "a list of two numbers",
    accepts: (argument) => Array.isArray(argument) && argument.length === 2 && argument.every(isNumber),
    holds: (value, range: unknown[]) => {
      const [number, low, high] = [value, ...range].map(asNumber);
      return number !== undefined && low !== undefined && high !== undefined && low <= number && number <= high;
    },
  },
  valid_values: {
    argument: "a list",
    accepts: isList,
    holds: (value, valid: unknown[]) => valid.some((candidate) => pythonEqual(candidate, value)),
  },
  length: length((size, argument) => size === argument),
  min_length: length((size, argument) => size >= argument),
  max_length: length((size, argument) => size <= argument),
  pattern: {
    argument: "a regular expression",
    accepts: (argument) => typeof argument === "string" && pythonRegex(argument) !== undefined,
    holds: (value, pattern: string) => {
      const regex = pythonRegex(pattern, { anchored: true });
      return typeof value === "string" && regex !== undefined && fits(regex, value);
    },
  },
  filter_id: { argument: "text", accepts: isText },
  labels: { argument: "a list", accepts: isList },
  tenants: { argument: "a list", accepts: isList },
  name_pattern: { argument: "a dict", accepts: isDict },
  deployment_id: { argument: "text", accepts: isText },
};

const ERROR_MESSAGE = "error_message";

/** One constraint, ready to be held against a value. */
export interface ConstraintRule {
  operator: string;
  argument: unknown;
  message: string | undefined;
}

/**
 * Checks the declaration of constraints.
 * @throws DslError 1 no list of dicts, 102, 103 unknown operator, 212 bad argument
 */
export function checkConstraints(
  raw: unknown[],
  path: Path,
  context: ElementContext,
  { messages }: { messages: boolean },
): void {
  for (const [index, item] of raw.entries()) {
    const here = at(path, index);
    if (!isDict(item)) throw formatError("a constraint is a dict of one operator", { at: here });
    const keys = Object.keys(item);
    if (keys.length > 1 && messages && context.validateVersion && context.version.minor < 5) {
      throw tooNew("a second key in a constraint", 5, context.version, here);
    }
    if (keys.length === 0 || (keys.length > 1 && !messages)) {
      throw logicError(103, "a constraint has exactly one operator", { at: here, hint: known() });
    }
    const operators = keys.filter((key) => !(keys.length > 1 && key === ERROR_MESSAGE));
    const first = operators[0] as string;
    const wrong = operators.find((key) => !Object.hasOwn(OPERATORS, key));
    if (wrong !== undefined) {
      const hint = nearestHint(wrong, Object.keys(OPERATORS)) ?? known();
      throw logicError(103, `there is no constraint ${JSON.stringify(wrong)}`, {
        at: at(here, wrong),
        onKey: true,
        hint,
      });
    }
    checkArgument(first, item[first], at(here, first));
  }
}

function checkArgument(operator: string, argument: unknown, path: Path): void {
  const rule = OPERATORS[operator];
  if (!rule || isFunction(argument) || rule.accepts(argument)) return;
  throw logicError(212, `the constraint ${operator} takes ${rule.argument}`, { at: path });
}

const known = () => `operators are ${Object.keys(OPERATORS).join(", ")}`;

/** The operator of each constraint; of several in one item the last counts. */
export const constraintRules = (constraints: readonly Constraint[]): ConstraintRule[] =>
  constraints.map((constraint) => {
    const operator = Object.keys(constraint).findLast((key) => key !== ERROR_MESSAGE) ?? "";
    const message = constraint[ERROR_MESSAGE];
    return { operator, argument: constraint[operator], message: typeof message === "string" ? message : undefined };
  });

/** Whether the operator needs the management server's data to be answered. */
export const needsData = (operator: string): boolean => OPERATORS[operator]?.holds === undefined;

/** No value keeps to a constraint whose argument is a function that nobody has evaluated. */
export const holds = ({ operator, argument }: ConstraintRule, value: unknown): boolean =>
  !isFunction(argument) && (OPERATORS[operator]?.holds?.(value, argument as never) ?? false);

function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof WholeFloat ? value.value : undefined;
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isDict(value) ? Object.keys(value).length : undefined;
}

/** `==` of Python: true equals 1, and lists and dicts are compared by content. */
function pythonEqual(a: unknown, b: unknown): boolean {
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x !== undefined || y !== undefined) return x === y;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => pythonEqual(item, b[index]));
  }
  if (isDict(a) && isDict(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && pythonEqual(a[key], (b as Dict)[key]))
    );
  }
  return a === b;
}
