import { describe, expect, it } from "vitest";
import { checkParameters, resolveInputs } from "../../../../src/dsl/index.ts";

describe("parameters of a workflow", () => {
  const schemas = {
    count: { type: "integer", constraints: [{ in_range: [1, 5] }] },
    mode: { default: "fast" },
    note: { required: false },
    wait: { type: "boolean", default: true },
  };

  it("are given values and defaults", () => {
    expect(checkParameters(schemas, { count: 2 })).toEqual({
      values: { count: 2, mode: "fast", wait: true },
      missing: [],
      unknown: [],
      wrong: [],
    });
  });

  it("are told apart as missing, unknown and wrong", () => {
    const checked = checkParameters(schemas, { extra: 1, wait: "yes" });
    expect(checked).toMatchObject({ missing: ["count"], unknown: ["extra"], wrong: [{ code: 214 }] });
  });

  it("must keep to their constraints", () => {
    expect(checkParameters(schemas, { count: 9 }).wrong).toMatchObject([{ className: "ConstraintException" }]);
  });
});

describe("inputs", () => {
  it("without a value are named all at once", () => {
    expect(() => resolveInputs({ a: {}, b: {}, c: { default: 1 } }, {})).toThrow("a, b");
  });

  it("show the author's own words when a constraint is violated", () => {
    const schemas = { a: { constraints: [{ min_length: 3, error_message: "too short" }] } };
    expect(() => resolveInputs(schemas, { a: "x" })).toThrow("too short");
  });
});
