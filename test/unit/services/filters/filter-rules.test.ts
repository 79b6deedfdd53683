import { describe, expect, it } from "vitest";
import { parseFilterRules } from "../../../../src/services/filters/filter-rules.ts";

const rule = { key: "Env", values: ["prod"], operator: "any_of", type: "label" };

describe("filter rules", () => {
  it("have keys in lower case and stand once", () => {
    expect(parseFilterRules([rule, { ...rule, key: "env" }], "deployments")).toEqual([{ ...rule, key: "env" }]);
  });

  it.each([
    [{ ...rule, operator: "contains" }, "operator"],
    [{ ...rule, operator: "is_null" }, "takes no values"],
    [{ ...rule, values: [] }, "at least one value"],
    [{ ...rule, type: "attribute", key: "nosuch" }, "attribute is one of"],
    [{ ...rule, type: "attribute", key: "schedules" }, "is_not_empty"],
    [{ key: "env" }, "exactly the keys"],
    ["env=prod", "dictionary"],
  ])("%j is refused with its reason", (wrong, reason) => {
    expect(() => parseFilterRules([wrong], "deployments")).toThrow(
      expect.objectContaining({
        code: "invalid_filter_rule",
        details: { err_filter_rule: wrong, err_reason: expect.stringContaining(reason) },
      }),
    );
  });
});
