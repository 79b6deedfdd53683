import { at } from "../path.ts";
import type { PlanOutput } from "../plan.ts";
import type { ElementContext } from "./context.ts";
import { anything, checkShape, namedEntries, required, type Shape, text } from "./shape.ts";

const SHAPE: Shape = { value: required(anything), description: text };

/** `outputs` and `capabilities`: named values of a deployment. One without a body has no value. */
export function parseOutputs(raw: unknown, section: "outputs" | "capabilities", context: ElementContext) {
  const outputs: Record<string, PlanOutput> = {};
  const path = at(null, section);
  for (const [name, body] of namedEntries(raw, path, context)) {
    const output = body === null ? {} : checkShape(body, SHAPE, at(path, name), context);
    if (output) outputs[name] = output;
  }
  return outputs;
}
