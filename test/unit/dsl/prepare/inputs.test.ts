import { describe, expect, it } from "vitest";
import { checkParameters, resolveInputs } from "../../../../src/dsl/index.ts";
import { errorsOf } from "../blueprints.ts";

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

  it("have no value when their default is null, whatever their type", async () => {
    const schemas = { a: { type: "integer", default: null, required: false } };
    expect(await errorsOf({ tosca_definitions_version: "cloudify_dsl_1_5", inputs: schemas })).toEqual([]);
    expect(resolveInputs(schemas, {})).toEqual({ a: null });
  });

  it("do not keep to a constraint whose argument is still a function", () => {
    for (const operator of ["valid_values", "in_range", "pattern", "equal", "max_length"]) {
      const schemas = { a: { constraints: [{ [operator]: { get_input: "b" } }] } };
      expect(() => resolveInputs(schemas, { a: 1 })).toThrow(operator);
    }
  });

  it("of an object type must name an object, which a function does not", () => {
    const schemas = { a: { type: "deployment_id" } };
    expect(() => resolveInputs(schemas, { a: { get_secret: "s" } })).toThrow("cannot be looked up");
  });

  it("that are lists hold items of one type: no function, and what text would fall into if it were a list", () => {
    const schemas = { a: { type: "list", item_type: "integer" } };
    expect(resolveInputs(schemas, { a: [1, 2] })).toEqual({ a: [1, 2] });
    for (const a of [[{ get_secret: "s" }], "ab", { a: 1 }]) {
      expect(() => resolveInputs(schemas, { a })).toThrow(expect.objectContaining({ code: 105 }));
    }
    expect(() => resolveInputs(schemas, { a: 5 })).toThrow(expect.objectContaining({ code: 214 }));
  });
});
