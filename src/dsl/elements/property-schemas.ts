// Schemas of properties, inputs and parameters: all are declared in nearly the same form.
import { classError, DslError, logicError } from "../errors.ts";
import { at, type Path } from "../path.ts";
import type { PropertySchema } from "../plan.ts";
import { own } from "../records.ts";
import { isBuiltInType, OBJECT_TYPES } from "../value-types.ts";
import { tooNew } from "../version.ts";
import { Timestamp } from "../yaml/tagged-scalars.ts";
import type { ElementContext } from "./context.ts";
import { anything, boolean, checkShape, namedEntries, type Shape, since, text } from "./shape.ts";
import { type DataTypeLookup, fitValue, type Schemas, unknownType } from "./values.ts";

export const PROPERTY_SHAPE: Shape = {
  type: text,
  default: anything,
  description: text,
  required: since(2, boolean),
};

/** How the default of a property is looked at. */
export type DefaultRule =
  /** Fields may be missing: a template can still give them. Data types supply a default of their own. */
  | "partial"
  /** A default must stand on its own. */
  | "complete";

/** Schemas by name, `parents` being those they replace; a broken one is reported and left out. */
export function parsePropertySchemas<S extends PropertySchema>(
  raw: unknown,
  path: Path,
  context: ElementContext,
  types: DataTypeLookup,
  shape: Shape,
  rule: DefaultRule,
  parents: Schemas = {},
): Record<string, S> {
  const schemas: Record<string, S> = {};
  for (const [name, body] of namedEntries(raw, path, context)) {
    const schema = context.diagnostics.guard(() =>
      parsePropertySchema<S>(body, at(path, name), context, types, shape, rule, own(parents, name)),
    );
    if (schema) schemas[name] = schema;
  }
  return schemas;
}

/** One schema with the keys its author wrote; undefined when its form is wrong, which has been reported. */
export function parsePropertySchema<S extends PropertySchema>(
  raw: unknown,
  path: Path,
  context: ElementContext,
  types: DataTypeLookup,
  shape: Shape,
  rule: DefaultRule,
  parent?: PropertySchema,
): S | undefined {
  if (raw === null && rule === "partial") {
    throw classError("DSLParsingElementMatchException", `${path.key} is declared without a body`, {
      at: path,
      hint: `write "${path.key}: {}" for a property of any type`,
    });
  }
  const schema = checkShape(raw ?? {}, shape, path, context) as S | undefined;
  if (!schema) return undefined;
  if (schema.type !== undefined) checkType(schema.type, at(path, "type"), context, types);
  if (schema.default !== undefined) checkScalarDefault(schema.default, at(path, "default"));
  return completeDefault(schema, parent, types, path, rule);
}

/** @throws DslError 102 the type is newer than the blueprint, 103 it is unknown */
function checkType(type: string, path: Path, context: ElementContext, types: DataTypeLookup): void {
  const since = own(OBJECT_TYPES, type);
  if (since !== undefined && context.validateVersion && context.version.minor < since) {
    throw tooNew(`the type ${type}`, since, context.version, path);
  }
  if (!isBuiltInType(type) && !types.isBroken(type) && !types.properties(type)) throw unknownType(type, types, path);
}

/**
 * The schema with the default that its data type makes of it. A parent's schema of the same data type lends its
 * default; otherwise a redeclared property starts anew.
 */
function completeDefault<S extends PropertySchema>(
  schema: S,
  parent: PropertySchema | undefined,
  types: DataTypeLookup,
  path: Path,
  rule: DefaultRule,
): S {
  const { type, default: written } = schema;
  const isDataType = type !== undefined && !isBuiltInType(type) && !types.isBroken(type);
  const inherited = isDataType && parent?.type === type ? parent.default : undefined;
  // No default, and one that is null, are for templates and deployments to make good.
  if ((written ?? null) === null && !(isDataType && rule === "partial")) return schema;
  const value = fitValue(written ?? {}, type, inherited, types, at(path, "default"), {
    tolerateMissing: rule === "partial",
  });
  return value === written ? schema : { ...schema, default: value };
}

/** A date is no value of any type; inside a dict or list it becomes text. */
function checkScalarDefault(value: unknown, path: Path): void {
  if (value instanceof Timestamp) {
    throw new DslError("ValueError", null, "a date cannot be a default", { at: path, hint: "quote it" });
  }
}

/** @throws DslError 217, 218 */
export function checkItemType(schema: { type?: string; item_type?: string }, path: Path): void {
  if (schema.item_type === undefined) return;
  if (schema.type !== "list") {
    throw logicError(218, `${path.key} has an item_type and is no list`, {
      at: at(path, "item_type"),
      hint: 'write "type: list"',
    });
  }
  if (!isBuiltInType(schema.item_type)) {
    throw logicError(217, `items of ${path.key} cannot be of type ${schema.item_type}`, {
      at: at(path, "item_type"),
      hint: "use a type of the language itself, not a data type",
    });
  }
}
