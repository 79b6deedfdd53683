import { classError } from "../errors.ts";
import { allInstances } from "./all-instances.ts";
import { attributeOf } from "./attribute.ts";
import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ATTRIBUTE_KEYWORD_ERRORS } from "./get-attribute.ts";
import { referredNode } from "./node-reference.ts";
import { isFunction } from "./recognize.ts";

/** `{get_attributes_dict: [node, attribute or list of keys…]}`: by instance id, then by dotted path. */
export const getAttributesDict: FunctionDefinition = {
  name: "get_attributes_dict",
  kind: "run-time",
  check(argument, path) {
    const [, ...attributes] = Array.isArray(argument) ? argument : [];
    const fits =
      isPathOf(Array.isArray(argument) ? argument.slice(0, 1) : null, 1) &&
      attributes.every((attribute) => isPathOf(Array.isArray(attribute) ? attribute : [attribute], 1));
    mustFit(fits, "ValueError", "get_attributes_dict", "a list of a node and attributes", path);
    const names = attributes.filter((name) => !isFunction(name)).map(dotted);
    const double = names.find((name, index) => names.indexOf(name) !== index);
    if (double !== undefined) {
      throw classError("FunctionEvaluationError", `get_attributes_dict is asked for ${double} twice`, { at: path });
    }
  },
  validate(argument, validation, path) {
    referredNode(argument as unknown[], validation, ATTRIBUTE_KEYWORD_ERRORS, path);
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...attributes] = argument as unknown[];
    const byInstance: Record<string, Record<string, unknown>> = {};
    for (const instance of yield* allInstances(String(name), scope)) {
      const values: Record<string, unknown> = {};
      for (const attribute of attributes) {
        const keys = Array.isArray(attribute) ? attribute : [attribute];
        values[dotted(attribute)] = yield* attributeOf(instance, keys, scope, evaluateValue);
      }
      byInstance[instance.id] = values;
    }
    return byInstance;
  },
};

const dotted = (attribute: unknown): string => (Array.isArray(attribute) ? attribute.join(".") : String(attribute));
