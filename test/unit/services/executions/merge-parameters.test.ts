import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { mergeParameters, type ParameterDeclaration } from "../../../../src/services/executions/merge-parameters.ts";

const echo = {
  name: "echo",
  parameters: {
    word: { default: "hi" },
    num: { type: "integer", default: 3 },
    ratio: { type: "float", default: 0.5 },
    flag: { type: "boolean", default: false },
    items: { type: "list", item_type: "integer", default: [1, 2] },
    maybe: { type: "boolean", default: null },
    must: {},
    free: { required: false },
  } satisfies Record<string, ParameterDeclaration>,
};
const checks = { allowCustom: false, evaluate: async <T>(value: T) => value, violation: async () => undefined };
const merge = (given: JsonObject, more = {}) => mergeParameters(echo, given, { ...checks, ...more });

describe("the parameters of an execution", () => {
  it("are the given ones and the defaults of the rest", async () => {
    expect(await merge({ must: "x" })).toEqual({
      must: "x",
      word: "hi",
      num: 3,
      ratio: 0.5,
      flag: false,
      items: [1, 2],
      maybe: null,
    });
  });

  it("are converted to their declared types", async () => {
    expect(await merge({ must: "x", num: "12", ratio: "1.5", flag: "TRUE", items: ["3", 4] })).toMatchObject({
      num: 12,
      ratio: 1.5,
      flag: true,
      items: [3, 4],
    });
  });

  it("merge to the same when merged again", async () => {
    const once = await merge({ must: "x", num: "12" });
    expect(await merge(once)).toEqual(once);
  });

  it.each([
    [{ must: "x", num: "twelve" }, 'Parameter "num" must be of type integer'],
    [{ must: "x", num: null }, 'Parameter "num" must be of type integer'],
    [{ must: "x", flag: "maybe" }, 'Parameter "flag" must be of type boolean'],
    [{ must: "x", items: ["a"] }, 'Parameter "items" must be of type list of integers'],
    [
      { must: "x", num: "a", flag: "b" },
      'Parameter "num" must be of type integer\nParameter "flag" must be of type boolean',
    ],
    [{}, 'Workflow "echo" must be provided with the following parameters to execute: must'],
    [
      { must: "x", other: 1 },
      'Workflow "echo" does not have the following parameters declared: other. Remove these parameters or use the flag for allowing custom parameters',
    ],
  ])("%j are refused", async (given, message) => {
    await expect(merge(given)).rejects.toMatchObject({ code: "illegal_execution_parameters_error", message });
  });

  it("may be undeclared when that is allowed", async () => {
    expect(await merge({ must: "x", other: 1 }, { allowCustom: true })).toMatchObject({ other: 1 });
  });

  it("say which constraint was not met", async () => {
    const violation = async (name: string) => (name === "num" ? "too big" : undefined);
    await expect(merge({ must: "x", num: 9 }, { violation })).rejects.toThrow(
      'Parameter "num" does not meet its constraints: too big',
    );
  });

  it("resolve functions in lists and mappings", async () => {
    const workflow = { name: "w", parameters: { must: {} } };
    const evaluate = async () => "resolved";
    expect(await mergeParameters(workflow, { must: { concat: ["a"] } }, { ...checks, evaluate })).toEqual({
      must: "resolved",
    });
  });
});
