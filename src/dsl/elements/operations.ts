// Operations as types and templates write them, and what becomes of them when a template meets its type.
import { classError, logicError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { InputSchema, InterfaceOperation, Interfaces } from "../plan.ts";
import { type Dict, isDict, own } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { parseInput } from "./inputs.ts";
import { EXECUTORS } from "./plugins.ts";
import { boolean, checkShape, dict, integer, namedEntries, number, type Shape, since, text } from "./shape.ts";
import { type DataTypeLookup, fitValues } from "./values.ts";

const SHAPE: Shape = {
  implementation: text,
  inputs: dict,
  executor: text,
  max_retries: since(1, integer),
  retry_interval: since(1, number),
  timeout: number,
  timeout_recoverable: boolean,
};

interface OperationFields {
  implementation: string;
  executor: string | null;
  max_retries: number | null;
  retry_interval: number | null;
  timeout: number | null;
  timeout_recoverable: boolean | null;
}

/** An operation of a type: its inputs are schemas. */
export interface TypeOperation extends OperationFields {
  inputs: Record<string, InputSchema>;
}

/** An operation of a template: its inputs are values. */
export interface TemplateOperation extends OperationFields {
  inputs: Dict;
}

export type InterfacesOf<O> = Record<string, Record<string, O>>;

export const parseTypeInterfaces = (raw: unknown, path: Path, context: ElementContext, types: DataTypeLookup) =>
  parseInterfaces<TypeOperation>(raw, path, context, (inputs, inputsPath) => {
    const schemas: Record<string, InputSchema> = {};
    for (const [name, body] of namedEntries(inputs, inputsPath, context)) {
      const schema = context.diagnostics.guard(() => parseInput(body, at(inputsPath, name), context, types));
      if (schema) schemas[name] = schema;
    }
    return schemas;
  });

export const parseTemplateInterfaces = (raw: unknown, path: Path, context: ElementContext) =>
  parseInterfaces<TemplateOperation>(raw, path, context, (inputs) => (isDict(inputs) ? { ...inputs } : {}));

function parseInterfaces<O extends OperationFields & { inputs: Dict }>(
  raw: unknown,
  path: Path,
  context: ElementContext,
  parseInputs: (raw: unknown, path: Path) => O["inputs"],
): InterfacesOf<O> {
  const interfaces: InterfacesOf<O> = {};
  for (const [name, operations] of namedEntries(raw, path, context)) {
    const parsed: Record<string, O> = {};
    for (const [operation, body] of namedEntries(operations, at(path, name), context)) {
      const here = at(at(path, name), operation);
      const result = context.diagnostics.guard(() => parseOperation(body, here, context, parseInputs));
      if (result) parsed[operation] = result as O;
    }
    interfaces[name] = parsed;
  }
  return interfaces;
}

function parseOperation(
  raw: unknown,
  path: Path,
  context: ElementContext,
  parseInputs: (raw: unknown, path: Path) => Dict,
): (OperationFields & { inputs: Dict }) | undefined {
  if (typeof raw === "string") return { ...NOTHING, implementation: raw, inputs: {} };
  if (raw === null) return { ...NOTHING, inputs: {} };
  const fields = checkShape(raw, SHAPE, path, context);
  if (!fields) return undefined;
  const operation = { ...NOTHING, ...(fields as Partial<OperationFields>) };
  checkExecutor(operation.executor, at(path, "executor"));
  checkAtLeast(operation.max_retries, -1, at(path, "max_retries"));
  checkAtLeast(operation.retry_interval, 0, at(path, "retry_interval"));
  checkAtLeast(operation.timeout, 0, at(path, "timeout"));
  return { ...operation, inputs: parseInputs(fields["inputs"], at(path, "inputs")) };
}

const NOTHING: OperationFields = {
  implementation: "",
  executor: null,
  max_retries: null,
  retry_interval: null,
  timeout: null,
  timeout_recoverable: null,
};

function checkExecutor(executor: string | null, path: Path): void {
  if (executor === null || (EXECUTORS as readonly string[]).includes(executor)) return;
  throw logicError(28, `an operation cannot run on ${JSON.stringify(executor)}`, {
    at: path,
    hint: nearestHint(executor, EXECUTORS) ?? `executors are ${EXECUTORS.join(" and ")}`,
  });
}

function checkAtLeast(value: number | null, minimum: number, path: Path): void {
  if (value === null || Number(value) >= minimum) return;
  throw classError("ValueError", `${path.key} must be ${minimum} or more`, { at: path });
}

/** Operations of a template over those of its type. */
export function mergeInterfaces(
  template: InterfacesOf<TemplateOperation>,
  type: InterfacesOf<TypeOperation>,
  types: DataTypeLookup,
  path: Path,
  context: ElementContext,
): Interfaces {
  const merged: Interfaces = {};
  for (const name of new Set([...Object.keys(type), ...Object.keys(template)])) {
    const ofType = own(type, name) ?? {};
    const ofTemplate = own(template, name) ?? {};
    const known = Object.hasOwn(template, name) ? undefined : context.untouchedInterfaces.get(ofType);
    if (known) {
      merged[name] = known;
      continue;
    }
    const operations: Record<string, InterfaceOperation> = {};
    for (const operation of new Set([...Object.keys(ofType), ...Object.keys(ofTemplate)])) {
      const here = at(at(path, name), operation);
      const result = context.diagnostics.guard(() =>
        mergeOperation(own(ofTemplate, operation), own(ofType, operation), types, here, context),
      );
      if (result) operations[operation] = result;
    }
    merged[name] = operations;
    if (!Object.hasOwn(template, name)) context.untouchedInterfaces.set(ofType, operations);
  }
  return merged;
}

function mergeOperation(
  template: TemplateOperation | undefined,
  type: TypeOperation | undefined,
  types: DataTypeLookup,
  path: Path,
  context: ElementContext,
): InterfaceOperation {
  if (!template) {
    if (!type) return { ...NOTHING, inputs: {} };
    const known = context.untouchedOperations.get(type) ?? withInputs(type, {}, type.inputs, types, path);
    context.untouchedOperations.set(type, known);
    return known;
  }
  if (!type || isEmpty(type)) return template;
  if (isEmpty(template)) return template;
  if (template.implementation !== "" && template.implementation !== type.implementation) return template;
  const fields = {
    implementation: type.implementation,
    executor: template.executor ?? type.executor,
    max_retries: template.max_retries ?? type.max_retries,
    retry_interval: template.retry_interval ?? type.retry_interval,
    timeout: template.timeout ?? type.timeout,
    timeout_recoverable: template.timeout_recoverable ?? type.timeout_recoverable,
  };
  return withInputs(fields, template.inputs, type.inputs, types, path);
}

const isEmpty = ({ inputs, ...fields }: OperationFields & { inputs: Dict }): boolean =>
  Object.keys(inputs).length === 0 && Object.values(fields).every((value) => value === null || value === "");

/** Every declared input must end up with a value. A dict carries its declared type with it. */
function withInputs(
  fields: OperationFields,
  given: Dict,
  schemas: Readonly<Record<string, InputSchema>>,
  types: DataTypeLookup,
  path: Path,
): InterfaceOperation {
  const { implementation, executor, max_retries, retry_interval, timeout, timeout_recoverable } = fields;
  const untyped: Record<string, InputSchema> = {};
  for (const [name, schema] of Object.entries(schemas)) untyped[name] = { default: schema.default };
  const inputs = fitValues(given, untyped, types, at(path, "inputs"), { allowExtra: true });
  for (const [name, schema] of Object.entries(schemas)) {
    const value = inputs[name];
    if (schema.type !== undefined && isDict(value)) inputs[name] = { ...value, type: schema.type };
  }
  return { implementation, inputs, executor, max_retries, retry_interval, timeout, timeout_recoverable };
}
