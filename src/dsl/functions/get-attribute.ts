import { DslError } from "../errors.ts";
import { attributeOf } from "./attribute.ts";
import { type FunctionDefinition, isPathOf, mustFit } from "./definition.ts";
import { chooseInstance } from "./instance-choice.ts";
import { type KeywordErrors, referredNode } from "./node-reference.ts";

export const ATTRIBUTE_KEYWORD_ERRORS: KeywordErrors = {
  node: "ValueError",
  relationship: "ValueError",
  outputs: "ValueError",
  elsewhere: "KeyError",
};

/** `{get_attribute: [node, attribute, key…]}` of one node instance. */
export const getAttribute: FunctionDefinition = {
  name: "get_attribute",
  kind: "run-time",
  check(argument, path) {
    mustFit(isPathOf(argument, 2), "ValueError", "get_attribute", "a list of a node, an attribute and keys", path);
  },
  validate(argument, validation, path) {
    referredNode(argument as unknown[], validation, ATTRIBUTE_KEYWORD_ERRORS, path);
  },
  *evaluate(argument, scope, evaluateValue) {
    const [name, ...keys] = argument as unknown[];
    try {
      const instance = yield* chooseInstance(String(name), scope);
      return yield* attributeOf(instance, keys, scope, evaluateValue);
    } catch (error) {
      const told = scope.inOutputs && error instanceof DslError && error.className === "FunctionEvaluationError";
      if (told) return `<ERROR: ${error.message}>`;
      throw error;
    }
  },
};
