import { allInstances } from "./all-instances.ts";
import { attributeOf } from "./attribute.ts";
import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { ATTRIBUTE_KEYWORD_ERRORS } from "./get-attribute.ts";
import { referredNode } from "./node-reference.ts";

/** `{get_attributes_list: [node, attribute, key…]}` of all instances of a node, as a list. */
export const getAttributesList: FunctionDefinition = {
  name: "get_attributes_list",
  kind: "run-time",
  check(argument, path) {
    mustFit(
      isPathOf(argument, 2),
      "ValueError",
      "get_attributes_list",
      "a list of a node, an attribute and keys",
      path,
    );
  },
  validate(argument, validation, path) {
    referredNode(argument as unknown[], validation, ATTRIBUTE_KEYWORD_ERRORS, path);
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...keys] = argument as unknown[];
    const values: unknown[] = [];
    for (const instance of yield* allInstances(String(name), scope)) {
      values.push(yield* attributeOf(instance, keys, scope, evaluateValue));
    }
    return values;
  },
};
