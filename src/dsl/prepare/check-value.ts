// Whether a value for an input or a workflow parameter keeps to its declaration.

import { type ConstraintRule, constraintRules, holds, needsData } from "../elements/constraints.ts";
import { isOfPrimitiveType } from "../elements/values.ts";
import { classError, logicError, parsingError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { at, type Path } from "../path.ts";
import type { ParameterSchema } from "../plan.ts";
import { pythonText } from "../python/text.ts";
import { isDict } from "../records.ts";
import { isObjectType } from "../value-types.ts";
import { checkObjectValue, type ObjectLookup } from "./object-values.ts";

/** @throws DslError ConstraintException, 213 a function stands where a constraint wants a value */
export function checkConstraintsOf(
  value: unknown,
  schema: ParameterSchema,
  objects: ObjectLookup | undefined,
  path: Path,
): void {
  const itemType = schema.item_type;
  if (itemType !== undefined && !isFunction(value)) {
    for (const [index, item] of itemsOf(value).entries()) checkOne(item, itemType, schema, objects, at(path, index));
    return;
  }
  checkOne(value, schema.type, schema, objects, path);
}

function checkOne(
  value: unknown,
  type: string | undefined,
  schema: ParameterSchema,
  objects: ObjectLookup | undefined,
  path: Path,
): void {
  const constraints = schema.constraints ?? [];
  if (constraints.length > 0 && isFunction(value)) {
    throw parsingError(213, `${path.key} has constraints, and its value is a function`, {
      at: path,
      hint: "give the value itself, or drop the constraints",
    });
  }
  if (type !== undefined && isObjectType(type)) {
    checkObjectValue(value, type, constraints, objects, path);
    return;
  }
  for (const rule of constraintRules(constraints)) {
    if (needsData(rule.operator)) {
      throw classError(
        "ConstraintException",
        `${rule.operator} cannot be asked of ${type ?? "a value without a type"}`,
        { at: path },
      );
    }
    if (!holds(rule, value)) {
      throw classError("ConstraintException", rule.message ?? violationOf(rule, value, path), { at: path });
    }
  }
}

/** In the words that clients of the management server know. */
function violationOf({ operator, argument }: ConstraintRule, value: unknown, { key }: Path): string {
  const written = (Array.isArray(argument) ? argument : [argument]).map(pythonText).join(", ");
  return `Value ${pythonText(value)} of input ${key} violates constraint ${operator}(${written}) operator.`;
}

/** Each item of a list against `item_type`; a function is no item of most types. @throws DslError 105 */
export function checkItems(value: unknown, { item_type }: ParameterSchema, path: Path): void {
  if (item_type === undefined || isFunction(value)) return;
  for (const [index, item] of itemsOf(value).entries()) {
    if (isOfPrimitiveType(item, item_type) !== false) continue;
    throw logicError(105, `element ${index} of ${path.key} is not of type ${item_type}`, { at: at(path, index) });
  }
}

/** What Python iterates over: a value that is no list at all is found out by what it holds first. */
function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return [...value];
  return isDict(value) ? Object.keys(value) : [];
}
