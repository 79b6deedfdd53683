import { describe, expect, it } from "vitest";
import { prepareDeployment } from "../../../../src/dsl/index.ts";
import { errorsOf, planOf } from "../blueprints.ts";

const withOutput = (value: unknown) => ({
  tosca_definitions_version: "cloudify_dsl_1_5",
  inputs: { name: { default: "web" }, list: { default: ["x"] }, number: { default: 4 } },
  node_types: { t: { properties: { port: { default: 80 } } } },
  node_templates: { web: { type: "t" } },
  outputs: { o: { value } },
});

const prepared = async (value: unknown) => {
  const plan = await planOf(withOutput(value));
  return prepareDeployment(plan, { secretExists: () => true });
};

const refusals = async (value: unknown) => (await errorsOf(withOutput(value))).map(({ className }) => className);

describe("a function's arguments", () => {
  it.each([
    ["ValueError", { get_property: ["web", 1.5] }],
    ["ValueError", { get_attribute: ["web", ["ip"]] }],
    ["ValueError", { get_capability: ["dep", null] }],
    ["ValueError", { get_sys: ["tenant"] }],
    ["ValueError", { get_consumers: { get_input: "name" } }],
    ["FunctionValidationError", { get_environment_capability: ["c"] }],
    ["FunctionValidationError", { get_environment_capability: { get_input: "name" } }],
    ["FunctionValidationError", { string_replace: ["a", "b", "c", "1"] }],
    ["FunctionValidationError", { get_label: ["k", ["1"]] }],
    ["FunctionValidationError", { string_lower: { a: 1 } }],
    ["FunctionValidationError", { merge: [{ a: 1 }, "b"] }],
    ["UnknownSysEntityError", { get_sys: [1, "name"] }],
    ["UnknownInputError", { get_input: [0, "a"] }],
    ["KeyError", { get_attribute: [1, "ip"] }],
  ])("of the wrong form are a %s", async (className, value) => {
    expect(await refusals(value)).toEqual([className]);
  });

  it("may be more than get_sys needs", async () => {
    expect(await refusals({ get_sys: ["tenant", "name", "more"] })).toEqual([]);
  });

  it.each([
    ["ValueError", { get_capability: [{ get_input: "list" }, "c"] }],
    ["FunctionValidationError", { string_upper: { get_input: "number" } }],
    ["TypeError", { merge: [{ a: 1 }, { get_input: "number" }] }],
    ["UnknownInputError", { get_input: { concat: ["na", "m"] } }],
  ])("that turn out to be of the wrong form are a %s", async (className, value) => {
    await expect(prepared(value)).rejects.toMatchObject({ className });
  });

  it("name a node that is looked for once functions among them are evaluated", async () => {
    const value = { get_property: ["nowhere", { get_input: "name" }] };
    expect(await refusals(value)).toEqual([]);
    await expect(prepared(value)).rejects.toMatchObject({ className: "KeyError" });
  });
});

describe("an input whose value asks for itself", () => {
  it("stays as it is written", async () => {
    const blueprint = {
      ...withOutput({ get_input: "loop" }),
      inputs: { loop: { default: { get_input: "loop" } } },
    };
    const { outputs } = await prepareDeployment(await planOf(blueprint));
    expect(outputs["o"]).toEqual({ value: { get_input: "loop" } });
  });
});

describe("merge", () => {
  it("does not wait for what its parts hold", async () => {
    const { outputs } = await prepared({ merge: [{ a: { get_secret: "s" } }, { b: { get_input: "name" } }] });
    expect(outputs["o"]).toEqual({ value: { a: { get_secret: "s" }, b: "web" } });
  });

  it("waits for a part that is not known yet", async () => {
    const { outputs } = await prepared({ merge: [{ get_secret: "s" }, { b: { get_input: "name" } }] });
    expect(outputs["o"]).toEqual({ value: { merge: [{ get_secret: "s" }, { b: "web" }] } });
  });
});

describe("an operation without an implementation", () => {
  it("never runs, and its inputs are not looked at", async () => {
    const inputs = { a: { get_input: "nowhere" } };
    const blueprint = {
      ...withOutput(1),
      node_templates: { web: { type: "t", interfaces: { life: { start: { inputs } } } } },
    };
    expect(await errorsOf(blueprint)).toEqual([]);
  });
});
