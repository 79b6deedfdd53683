// Whether a value fits a declared type, and what it becomes once the defaults of its data type are filled in.
import { logicError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { PropertySchema } from "../plan.ts";
import { pythonRegex } from "../python/regex.ts";
import { type Dict, isDict, kindOf, own } from "../records.ts";
import { builtInTypes, isObjectType } from "../value-types.ts";
import { WholeFloat } from "../yaml/tagged-scalars.ts";

export type Schemas = Readonly<Record<string, PropertySchema>>;

/** Data types by name, as far as checking values needs them. */
export interface DataTypeLookup {
  properties(name: string): Schemas | undefined;
  /** Whether the type is declared but wrong in itself. That has been said already, and values of it are not looked at. */
  isBroken(name: string): boolean;
  names(): Iterable<string>;
}

export interface FillOptions {
  /** Leave out mandatory values that are missing. */
  tolerateMissing?: boolean;
  /** Accept values that no schema names. */
  allowExtra?: boolean;
}

const isInteger = (value: unknown) => typeof value === "number" && Number.isInteger(value);

const ACCEPTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: () => true,
  textarea: () => true,
  integer: isInteger,
  float: (value) => typeof value === "number" || value instanceof WholeFloat,
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  dict: isDict,
  regex: (value) => typeof value === "string" && pythonRegex(value) !== undefined,
};

/** Whether a value is of a primitive type; undefined when the type is none. */
export const isOfPrimitiveType = (value: unknown, type: string): boolean | undefined =>
  isObjectType(type) ? true : own(ACCEPTS, type)?.(value);

/**
 * The value, completed with the defaults of its data type.
 * @throws DslError 103 unknown type, 105 wrong kind of value, 106 unknown field, 107 missing field
 */
export function fitValue(
  value: unknown,
  type: string | undefined,
  inherited: unknown,
  types: DataTypeLookup,
  path: Path,
  options: FillOptions = {},
): unknown {
  if (type === undefined || isFunction(value)) return value;
  const primitive = isOfPrimitiveType(value, type);
  if (primitive) return value;
  if (primitive === undefined) {
    const fields = types.properties(type);
    if (types.isBroken(type)) return value;
    if (!fields) throw unknownType(type, types, path);
    if (isDict(value)) {
      const defaults = { ...defaultsOf(fields), ...(isDict(inherited) ? inherited : {}) };
      return fill(value, fields, defaults, types, path, { tolerateMissing: options.tolerateMissing });
    }
  }
  throw logicError(105, `${JSON.stringify(path.key)} must be of type ${type}, and this is ${kindOf(value)}`, {
    at: path,
  });
}

/**
 * Values for a set of schemas: given ones, else defaults.
 * @throws DslError as fitValue
 */
export const fitValues = (
  given: Dict,
  schemas: Schemas,
  types: DataTypeLookup,
  path: Path,
  options: FillOptions = {},
) => fill(given, schemas, defaultsOf(schemas), types, path, options);

function fill(
  given: Dict,
  schemas: Schemas,
  defaults: Dict,
  types: DataTypeLookup,
  path: Path,
  options: FillOptions,
): Dict {
  if (!options.allowExtra) {
    for (const key in given) {
      if (Object.hasOwn(schemas, key)) continue;
      const hint = nearestHint(key, Object.keys(schemas));
      throw logicError(106, `${JSON.stringify(key)} is not declared by the type`, {
        at: at(path, key),
        onKey: true,
        hint,
      });
    }
  }
  const filled: Dict = {};
  for (const key in schemas) {
    const schema = schemas[key] as PropertySchema;
    const value = Object.hasOwn(given, key) ? given[key] : own(defaults, key);
    if (value === undefined) {
      if (schema.required === false || options.tolerateMissing) continue;
      throw logicError(107, `${JSON.stringify(key)} has no value and the type has no default for it`, {
        at: at(path, key),
        hint: "give it a value",
      });
    }
    filled[key] = fitValue(value, schema.type, own(defaults, key), types, at(path, key), options);
  }
  if (options.allowExtra) for (const key in given) if (!Object.hasOwn(filled, key)) filled[key] = given[key];
  return filled;
}

const defaultsOf = (schemas: Schemas): Dict => {
  const defaults: Dict = {};
  for (const key in schemas)
    if ((schemas[key] as PropertySchema).default !== undefined) defaults[key] = schemas[key]?.default;
  return defaults;
};

export function unknownType(type: string, types: DataTypeLookup, path: Path) {
  const hint = nearestHint(type, [...builtInTypes(), ...types.names()]);
  return logicError(103, `the type ${JSON.stringify(type)} is not known`, { at: path, hint });
}
