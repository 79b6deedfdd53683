import { Ajv, type ValidateFunction } from "ajv";
import type { Json, JsonObject } from "../api/resources.ts";
import { badParameters } from "./refusal.ts";

/** What is wrong with a value by a JSON schema; undefined when it fits. @throws bad_parameters_error for no schema at all */
export function violationOf(schema: JsonObject, value: Json): string | undefined {
  const ajv = new Ajv({ strict: false, allErrors: true });
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    throw badParameters(`The JSON schema is not valid: ${(error as Error).message}`);
  }
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "value" });
}
