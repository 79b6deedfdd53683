import { parsingError } from "../errors.ts";
import { functionNameOf } from "../functions/recognize.ts";
import { at, type Path } from "../path.ts";
import type { Labels } from "../plan.ts";
import { type Dict, kindOf } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { checkShape, list, namedEntries, required, type Shape } from "./shape.ts";

const SHAPE: Shape = { values: required(list) };

/** `labels`, whose values may be functions, and `blueprint_labels`, whose values may not. */
export function parseLabels(raw: unknown, section: "labels" | "blueprint_labels", context: ElementContext): Labels {
  const labels: Labels = {};
  const path = at(null, section);
  for (const [name, body] of namedEntries(raw, path, context)) {
    const label = checkShape(body, SHAPE, at(path, name), context) as { values: unknown[] } | undefined;
    if (!label) continue;
    labels[name] = label;
    const valuesPath = at(at(path, name), "values");
    for (const [index, value] of label.values.entries()) {
      const here = at(valuesPath, index);
      context.diagnostics.guard(() => checkValue(value, here, section === "labels"));
    }
  }
  return labels;
}

function checkValue(value: unknown, path: Path, functions: boolean): void {
  if (typeof value === "string") return;
  const name = functionNameOf(value);
  if (functions && name !== undefined && name !== "get_attribute") return;
  if (name !== undefined) {
    throw parsingError(
      1,
      functions ? "a label cannot wait for an attribute" : "a blueprint's label cannot be a function",
      {
        at: path,
        hint: functions ? "attributes are not known when the deployment is created" : "write it as text",
      },
    );
  }
  throw parsingError(1, `a label's value must be text, and this is ${kindOf(value)}`, { at: path, hint: "quote it" });
}

/** `resource_tags`: free names and values. */
export const parseResourceTags = (raw: unknown, context: ElementContext): Dict =>
  Object.fromEntries(namedEntries(raw, at(null, "resource_tags"), context));
