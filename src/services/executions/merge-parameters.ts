import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../api/resources.ts";
import { Refusal } from "../refusal.ts";
import { convertParameter } from "./convert-parameter.ts";

/** One parameter as a workflow of the plan declares it. */
export interface ParameterDeclaration {
  default?: Json;
  type?: string;
  item_type?: string;
  required?: boolean;
  constraints?: JsonObject[];
}

export interface ParametrizedWorkflow {
  name: string;
  parameters: Record<string, ParameterDeclaration>;
}

export interface ParameterChecks {
  allowCustom: boolean;
  /** The value of a list or mapping whose intrinsic functions are to be resolved against the deployment. */
  evaluate(value: Json): Promise<Json>;
  /** What is wrong with a value by its declared constraints or its type (a node id that does not exist…), if anything. */
  violation(name: string, declaration: ParameterDeclaration, value: Json): Promise<string | undefined>;
}

/**
 * What a workflow runs with: the values given and the declared defaults, converted to the declared types.
 * @throws illegal_execution_parameters_error naming every parameter that is unknown, of the wrong type, or missing
 */
export async function mergeParameters(
  workflow: ParametrizedWorkflow,
  given: JsonObject,
  { allowCustom, evaluate, violation }: ParameterChecks,
): Promise<JsonObject> {
  const declared = Object.entries(workflow.parameters);
  if (!allowCustom) refuseUndeclared(workflow, given);

  const merged: JsonObject = { ...given };
  for (const [name, declaration] of declared) {
    if (!(name in merged) && declaration.default !== undefined) merged[name] = declaration.default;
  }
  for (const [name, value] of Object.entries(merged)) {
    if (typeof value === "object" && value !== null) merged[name] = await evaluate(value);
  }

  const wrongTypes: string[] = [];
  for (const [name, declaration] of declared) {
    const value = merged[name];
    if (value === undefined || isNullByDefault(value, declaration)) continue;
    const converted = convertParameter(declaration, value);
    if (converted === undefined) wrongTypes.push(`Parameter "${name}" must be of type ${typeWord(declaration)}`);
    else merged[name] = converted;
  }
  if (wrongTypes.length > 0) throw illegal(wrongTypes.join("\n"));

  const violations: string[] = [];
  for (const [name, declaration] of declared) {
    const value = merged[name];
    if (value === undefined || isDeepStrictEqual(value, declaration.default)) continue;
    const wrong = await violation(name, declaration, value);
    if (wrong) violations.push(`Parameter "${name}" does not meet its constraints: ${wrong}`);
  }
  if (violations.length > 0) throw illegal(violations.join("\n"));

  const missing = declared
    .filter(([name, { required }]) => required !== false && !(name in merged))
    .map(([name]) => name);
  if (missing.length > 0) {
    throw illegal(
      `Workflow "${workflow.name}" must be provided with the following parameters to execute: ${missing.join(",")}`,
    );
  }
  return merged;
}

function refuseUndeclared({ name: workflow, parameters }: ParametrizedWorkflow, given: JsonObject): void {
  const undeclared = Object.keys(given).filter((name) => !(name in parameters));
  if (undeclared.length === 0) return;
  throw illegal(
    `Workflow "${workflow}" does not have the following parameters declared: ${undeclared.join(",")}. ` +
      "Remove these parameters or use the flag for allowing custom parameters",
  );
}

// A declared `default: null` means "not set"; it is no value that a type could be asked of.
const isNullByDefault = (value: Json, declaration: ParameterDeclaration): boolean =>
  value === null && declaration.default === null;

const typeWord = ({ type, item_type }: ParameterDeclaration): string =>
  type === "list" && item_type ? `list of ${item_type}s` : String(type);

const illegal = (message: string): Refusal => new Refusal("illegal_execution_parameters_error", message);
