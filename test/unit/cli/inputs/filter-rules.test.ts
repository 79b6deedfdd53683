import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAttributeRule, parseLabelRule, ruleText } from "../../../../src/cli/inputs/filter-rules.ts";

describe("a rule about a label", () => {
  it.each<[string, string, string[]]>([
    ["env=prod", "any_of", ["prod"]],
    ["ENV=[prod,dev]", "any_of", ["prod", "dev"]],
    ["env=[a\\,b,c]", "any_of", ["a,b", "c"]],
    ["env!=prod", "not_any_of", ["prod"]],
    ["env is-not [a,b]", "is_not", ["a", "b"]],
    ["env is null", "is_null", []],
    ["env is not null", "is_not_null", []],
  ])("%s", (text, operator, values) => {
    expect(parseLabelRule(text)).toEqual({ key: "env", values, operator, type: "label" });
  });
});

describe("a rule about a field", () => {
  it.each<[string, string, string[]]>([
    ["blueprint_id=app", "any_of", ["app"]],
    ["blueprint_id != [a,b]", "not_any_of", ["a", "b"]],
    ["blueprint_id contains a b", "contains", ["a b"]],
    ["blueprint_id does-not-contain x", "not_contains", ["x"]],
    ["blueprint_id starts-with [a,b]", "starts_with", ["a", "b"]],
    ["blueprint_id ends-with x", "ends_with", ["x"]],
    ["blueprint_id is not empty", "is_not_empty", []],
  ])("%s", (text, operator, values) => {
    expect(parseAttributeRule(text)).toEqual({ key: "blueprint_id", values, operator, type: "attribute" });
  });
});

describe("a rule", () => {
  it.each(["", "env", "env is", "=x", "env=", "env = "])("%j is refused with the forms it can have", (text) => {
    expect(() => parseLabelRule(text)).toThrow(expect.objectContaining({ exit: 2 }));
  });

  it("leaves out empty values of a list", () => {
    expect(parseLabelRule("env=[a,,b,]").values).toEqual(["a", "b"]);
  });

  it.each(["env=prod", "env=[a,b]", "env!=prod", "env is-not prod", "env is null", "env is not null"])(
    "about a label, %s, written as text is the same again",
    (text) => {
      expect(ruleText(parseLabelRule(text))).toBe(text);
    },
  );

  it("written as text parses back to itself", () => {
    const value = fc.stringMatching(/^[a-z][a-z ,.-]{0,6}[a-z]$/);
    const operator = fc.constantFrom("any_of", "not_any_of", "contains", "not_contains", "starts_with", "ends_with");
    fc.assert(
      fc.property(operator, fc.array(value, { minLength: 1, maxLength: 3 }), (name, values) => {
        const rule = { key: "site_name", values, operator: name, type: "attribute" as const };
        expect(parseAttributeRule(ruleText(rule))).toEqual(rule);
      }),
    );
  });
});
