// Values of a deployment's inputs and of a workflow's parameters.
import { type DataTypeLookup, fitValue } from "../elements/values.ts";
import { classError, DslError, parsingError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { InputSchema, ParameterSchema, PlanDataType } from "../plan.ts";
import { type Dict, isDict, own } from "../records.ts";
import { isBuiltInType } from "../value-types.ts";
import { checkConstraintsOf, checkItems } from "./check-value.ts";
import type { ObjectLookup } from "./object-values.ts";

export interface ValueOptions {
  dataTypes?: Readonly<Record<string, PlanDataType>>;
  /** Turn texts into the integers, floats and booleans that are declared, where they read as such. */
  autoCorrectTypes?: boolean;
  objects?: ObjectLookup;
}

/**
 * A value for every declared input: the given one, else the default, else that of its data type, else null.
 * @throws DslError ConstraintException, 213, 105 an item, 214 a wrong type, MissingRequiredInputError, UnknownInputError
 */
export function resolveInputs(
  schemas: Readonly<Record<string, InputSchema>>,
  given: Dict,
  options: ValueOptions = {},
): Dict {
  const types = dataTypeLookup(options.dataTypes ?? {});
  const values: Dict = {};
  const missing: string[] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const path = at(at(null, "inputs"), name);
    const value = Object.hasOwn(given, name) ? given[name] : (schema.default ?? undefined);
    if (value !== undefined) {
      values[name] = checkValue(value, schema, path, types, options);
      continue;
    }
    const implied = impliedValue(schema, types, path);
    if (implied !== undefined) values[name] = checkValue(implied, schema, path, types, options);
    else if (schema.required === false) values[name] = null;
    else missing.push(name);
  }
  if (missing.length > 0) {
    throw classError("MissingRequiredInputError", `missing inputs: ${missing.join(", ")}`, {
      at: at(at(null, "inputs"), missing[0] ?? ""),
      hint: "give them with --inputs",
    });
  }
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(schemas, name));
  if (unknown.length > 0) {
    const names = unknown.map((name) => JSON.stringify(name)).join(", ");
    throw classError("UnknownInputError", `the blueprint has no input ${names}`, {
      at: at(at(null, "inputs"), unknown[0] ?? ""),
      hint: nearestHint(unknown[0] ?? "", Object.keys(schemas)),
    });
  }
  return values;
}

/** What is wrong with given parameters is listed, since their callers tell it in words of their own. */
export interface CheckedParameters {
  /** Given values and defaults; parameters that are neither given nor have a default are absent. */
  values: Dict;
  missing: string[];
  unknown: string[];
  wrong: DslError[];
}

/** Values for a workflow's parameters. */
export function checkParameters(
  schemas: Readonly<Record<string, ParameterSchema>>,
  given: Dict,
  options: ValueOptions = {},
): CheckedParameters {
  const types = dataTypeLookup(options.dataTypes ?? {});
  const checked: CheckedParameters = { values: { ...given }, missing: [], unknown: [], wrong: [] };
  for (const name of Object.keys(given)) if (!Object.hasOwn(schemas, name)) checked.unknown.push(name);
  for (const [name, schema] of Object.entries(schemas)) {
    const path = at(at(null, "parameters"), name);
    if (!Object.hasOwn(given, name)) {
      if (schema.default !== undefined) checked.values[name] = schema.default;
      else if (schema.required !== false) checked.missing.push(name);
      continue;
    }
    try {
      checked.values[name] = checkValue(given[name], schema, path, types, options);
    } catch (error) {
      if (!(error instanceof DslError)) throw error;
      checked.wrong.push(error);
    }
  }
  return checked;
}

function checkValue(value: unknown, schema: ParameterSchema, path: Path, types: DataTypeLookup, options: ValueOptions) {
  const corrected = options.autoCorrectTypes ? corrects(value, schema.type) : value;
  checkItems(corrected, schema, path);
  checkConstraintsOf(corrected, schema, options.objects, path);
  try {
    return fitValue(corrected, schema.type, undefined, types, path);
  } catch (error) {
    if (!(error instanceof DslError)) throw error;
    throw parsingError(214, `the value of ${path.key} is not of its type: ${error.message}`, {
      at: path,
      hint: error.hint,
      cause: error,
    });
  }
}

/** What a data type makes of nothing, when all its fields have defaults. */
function impliedValue(schema: InputSchema, types: DataTypeLookup, path: Path): unknown {
  if (schema.type === undefined || isBuiltInType(schema.type)) return undefined;
  try {
    const value = fitValue({}, schema.type, undefined, types, path);
    return isDict(value) && Object.keys(value).length > 0 ? value : undefined;
  } catch (error) {
    if (error instanceof DslError) return undefined;
    throw error;
  }
}

function corrects(value: unknown, type: string | undefined): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  if (type === "integer" && /^[-+]?\d+(?:_\d+)*$/.test(text)) return Number(text.replaceAll("_", ""));
  if (type === "float" && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  return value;
}

const dataTypeLookup = (types: Readonly<Record<string, PlanDataType>>): DataTypeLookup => ({
  properties: (name) => own(types, name)?.properties,
  isBroken: () => false,
  names: () => Object.keys(types),
});
