import { describe, expect, it } from "vitest";
import { type EvaluationStorage, evaluateFunctions, prepareDeployment } from "../../../../src/dsl/index.ts";
import { planOf } from "../blueprints.ts";

const web = (id: string, runtime_properties: Record<string, unknown>, group?: string) => ({
  id,
  node_id: id.split("_")[0] ?? "",
  runtime_properties,
  relationships: [],
  scaling_groups: group === undefined ? [] : [{ id: group, name: "cell" }],
});

function storage(overrides: Partial<EvaluationStorage> = {}): EvaluationStorage {
  const instances = [
    web("web_1", { ip: "1" }, "cell_1"),
    web("web_2", { ip: "2" }, "cell_2"),
    web("db_1", {}, "cell_2"),
  ];
  return {
    input: async (name) => ({ size: 3 })[name],
    secret: async (name) => ({ password: '{"broken' })[name],
    node: async (id) => ({ id, properties: { port: 80 } }),
    nodeInstance: async (id) => instances.find((instance) => instance.id === id),
    nodeInstances: async (nodeId) => instances.filter(({ node_id }) => node_id === nodeId),
    capability: async () => undefined,
    groupCapabilities: async () => [
      { deploymentId: "d1", capabilities: { url: "u1" } },
      { deploymentId: "d2", capabilities: {} },
      { deploymentId: "d3", capabilities: { url: "u3", port: 9 } },
    ],
    label: async () => undefined,
    sys: async () => undefined,
    consumers: async () => [],
    ...overrides,
  };
}

const evaluate = async (value: unknown, context = {}) =>
  (await evaluateFunctions({ value }, context, storage()))["value"];

describe("evaluation against a storage that answers later", () => {
  it("evaluates functions inside functions", async () => {
    expect(await evaluate({ concat: ["n", { get_input: "size" }, { get_property: ["web", "port"] }] })).toBe("n380");
  });

  it("reads the attribute of the instance that shares the smallest scaling group", async () => {
    expect(await evaluate({ get_attribute: ["web", "ip"] }, { self: "db_1" })).toBe("2");
  });

  it("prefers the instance it is hinted at", async () => {
    expect(await evaluate({ get_attribute: ["web", "ip"] }, { instance_id_hint: "web_1" })).toBe("1");
  });

  it("leaves deployments of a group without the capability out, and marks missing ones of several as null", async () => {
    expect(await evaluate({ get_group_capability: ["g", "url"] })).toEqual(["u1", "u3"]);
    expect(await evaluate({ get_group_capability: ["g", ["url", "port"]] })).toEqual([
      ["u1", null],
      ["u3", 9],
    ]);
    expect(await evaluate({ get_group_capability: ["g", "deployment_id:url"] })).toEqual({ d1: "u1", d3: "u3" });
  });

  it.each([
    [{ get_capability: ["d2", "url"] }, "the deployment d2 has no capability url"],
    [{ get_environment_capability: "url" }, "belongs to no environment"],
    [{ get_label: "stage" }, "has no label"],
    [{ get_secret: "nosuch" }, "there is no secret"],
    [{ get_attributes_list: ["SELF", "ip"] }, "all instances of SELF cannot be asked for"],
  ])("says what is not there: %j", async (value, message) => {
    await expect(evaluate(value)).rejects.toThrow(message);
  });

  it("looks into the capabilities of the environment that the deployment belongs to", async () => {
    const inEnvironment = storage({
      label: async (key) => (key === "csys-obj-parent" ? ["env"] : undefined),
      capability: async (deployment, name) =>
        deployment === "env" && name === "network" ? { cidr: ["10.0.0.0/8"] } : undefined,
    });
    const evaluateThere = (argument: unknown) =>
      evaluateFunctions({ value: { get_environment_capability: argument } }, {}, inEnvironment);
    expect(await evaluateThere(["network", "cidr", 0])).toEqual({ value: "10.0.0.0/8" });
    await expect(evaluateThere("disk")).rejects.toThrow("the deployment env has no capability disk");
  });

  it("takes one value of a label, or all", async () => {
    const labelled = storage({ label: async () => ["a", "b"] });
    const labels = { all: { get_label: "l" }, second: { get_label: ["l", 1] } };
    expect(await evaluateFunctions(labels, {}, labelled)).toEqual({ all: ["a", "b"], second: "b" });
    await expect(evaluateFunctions({ a: { get_label: ["l", 2] } }, {}, labelled)).rejects.toThrow("2 values");
  });

  it("looks into a secret that is JSON", async () => {
    const withJson = storage({ secret: async () => '{"user": {"name": "ann"}}' });
    const value = { get_secret: ["login", "user", "name"] };
    expect(await evaluateFunctions({ value }, {}, withJson)).toEqual({ value: "ann" });
  });

  it("does not quote a secret that is no JSON", async () => {
    const failure = evaluate({ get_secret: ["password", "key"] });
    await expect(failure).rejects.toMatchObject({ className: "FunctionEvaluationError" });
    await expect(failure).rejects.not.toThrow(/broken/);
  });

  it("passes on what the storage throws", async () => {
    const broken = storage({
      input: async () => {
        throw new Error("connection lost");
      },
    });
    await expect(evaluateFunctions({ a: { get_input: "x" } }, {}, broken)).rejects.toThrow("connection lost");
  });
});

describe("properties that refer to each other", () => {
  const blueprint = (a: unknown, b: unknown) => ({
    tosca_definitions_version: "cloudify_dsl_1_3",
    node_types: { t: { properties: { p: {} } } },
    node_templates: { a: { type: "t", properties: { p: a } }, b: { type: "t", properties: { p: b } } },
  });

  it("in a circle end in an error", async () => {
    const plan = await planOf(blueprint({ get_property: ["b", "p"] }, { get_property: ["a", "p"] }));
    await expect(prepareDeployment(plan)).rejects.toMatchObject({ className: "EvaluationRecursionLimitReached" });
  });

  it("in different parts of the same property are no circle", async () => {
    const plan = await planOf(
      blueprint({ x: { get_property: ["b", "p", "y"] }, z: 1 }, { y: { get_property: ["a", "p", "z"] } }),
    );
    const { nodes } = await prepareDeployment(plan);
    expect(nodes.map(({ properties }) => properties["p"])).toEqual([{ x: 1, z: 1 }, { y: 1 }]);
  });

  it("in a chain longer than the limit end in an error that names the limit", async () => {
    const templates: Record<string, unknown> = {};
    for (let index = 0; index < 600; index++) {
      templates[`n${index}`] = {
        type: "t",
        properties: { p: index === 599 ? "end" : { get_property: [`n${index + 1}`, "p"] } },
      };
    }
    const plan = await planOf({
      tosca_definitions_version: "cloudify_dsl_1_3",
      node_types: { t: { properties: { p: {} } } },
      node_templates: templates,
    });
    await expect(prepareDeployment(plan)).rejects.toMatchObject({
      className: "EvaluationRecursionLimitReached",
      message: expect.stringContaining("400"),
    });
  });
});
