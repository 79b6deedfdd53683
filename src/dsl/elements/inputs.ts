import { DslError, logicError } from "../errors.ts";
import { at, type Path } from "../path.ts";
import type { InputSchema } from "../plan.ts";
import { checkConstraintsOf, checkItems } from "../prepare/check-value.ts";
import { checkConstraints } from "./constraints.ts";
import type { ElementContext } from "./context.ts";
import { checkItemType, PROPERTY_SHAPE, parsePropertySchema } from "./property-schemas.ts";
import { boolean, checkShape, dict, integer, list, namedEntries, type Shape, since, text } from "./shape.ts";
import type { DataTypeLookup } from "./values.ts";

export const PARAMETER_SHAPE: Shape = { ...PROPERTY_SHAPE, item_type: since(4, text), constraints: list };

const INPUT_SHAPE: Shape = {
  ...PARAMETER_SHAPE,
  display_label: since(3, text),
  hidden: since(3, boolean),
  display: dict,
};

const DISPLAY_SHAPE: Shape = { rows: integer };
const SECTION: Path = at(null, "inputs");

export function parseInputs(raw: unknown, context: ElementContext, types: DataTypeLookup): Record<string, InputSchema> {
  const inputs: Record<string, InputSchema> = {};
  for (const [name, body] of namedEntries(raw, SECTION, context)) {
    const input = context.diagnostics.guard(() => parseInput(body, at(SECTION, name), context, types));
    if (!input) continue;
    inputs[name] = input;
    const value = input.default;
    if (value !== undefined) {
      context.diagnostics.guard(() => checkConstraintsOf(value, input, undefined, at(SECTION, name)));
    }
  }
  return inputs;
}

/** The schema of one input, or of an operation's input, which is declared in the same form. */
export function parseInput(
  raw: unknown,
  path: Path,
  context: ElementContext,
  types: DataTypeLookup,
): InputSchema | undefined {
  const input = parsePropertySchema<InputSchema>(raw, path, context, types, INPUT_SHAPE, "complete");
  if (!input) return undefined;
  checkItemType(input, path);
  if (input.constraints) checkConstraints(input.constraints, at(path, "constraints"), context, { messages: true });
  checkItems(input.default, input, at(path, "default"));
  checkDisplay(input, path, context);
  if (input.hidden && input.required !== false && input.default === undefined) {
    throw logicError(215, `the input ${path.key} is hidden and required, so nobody can give it a value`, {
      at: path,
      hint: "add a default, or required: false",
    });
  }
  return input;
}

function checkDisplay(input: InputSchema, path: Path, context: ElementContext): void {
  if (input.display === undefined) return;
  if (input.type !== "textarea") {
    throw new DslError("DSLParsingInputTypeException", 216, `${path.key} has display and is no textarea`, {
      at: at(path, "display"),
      hint: 'write "type: textarea"',
    });
  }
  checkShape(input.display, DISPLAY_SHAPE, at(path, "display"), context);
}
