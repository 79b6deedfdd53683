import { describe, expect, it } from "vitest";
import { prepareDeployment } from "../../../../src/dsl/index.ts";
import { errorsOf, planOf } from "../blueprints.ts";

const RELATIONSHIPS = {
  "cloudify.relationships.depends_on": { properties: { connection_type: { default: "all_to_all" } } },
  "cloudify.relationships.contained_in": { derived_from: "cloudify.relationships.depends_on" },
};

const blueprint = (node_templates: object, extra: object = {}) => ({
  tosca_definitions_version: "cloudify_dsl_1_3",
  relationships: RELATIONSHIPS,
  node_types: { t: {}, "cloudify.nodes.Compute": {} },
  node_templates,
  ...extra,
});

const within = (target: string) => [{ type: "cloudify.relationships.contained_in", target }];

describe("expansion", () => {
  it("follows containers deeper than calls can nest", async () => {
    const nodes: Record<string, object> = { n0: { type: "cloudify.nodes.Compute" } };
    for (let index = 1; index < 3_000; index++)
      nodes[`n${index}`] = { type: "t", relationships: within(`n${index - 1}`) };
    const { node_instances } = await prepareDeployment(await planOf(blueprint(nodes)));
    const host = node_instances.find(({ node_id }) => node_id === "n0");
    expect(node_instances.find(({ node_id }) => node_id === "n2999")?.host_id).toBe(host?.id);
  });

  it("gives every instance an id of its own, of the node's name and six characters", async () => {
    const plan = await planOf(blueprint({ n: { type: "t", instances: { deploy: 500 } } }));
    const ids = (await prepareDeployment(plan)).node_instances.map(({ id }) => id);
    expect(new Set(ids).size).toBe(500);
    expect(ids.every((id) => /^n_[a-z0-9]{6}$/.test(id))).toBe(true);
  });

  it("that would make too many instances names the limit", async () => {
    const plan = await planOf(blueprint({ n: { type: "t", instances: { deploy: 20 } } }));
    await expect(prepareDeployment(plan, { limits: { nodeInstances: 10 } })).rejects.toThrow("nodeInstances");
  });
});

describe("groups in groups", () => {
  it("that share members do not make checking them endless", async () => {
    const groups: Record<string, { members: string[] }> = { g0: { members: ["n"] }, h0: { members: ["n"] } };
    for (let level = 1; level < 50; level++) {
      const members = [`g${level - 1}`, `h${level - 1}`];
      groups[`g${level}`] = { members };
      groups[`h${level}`] = { members };
    }
    const policies = { p: { type: "cloudify.policies.scaling", targets: ["g49"] } };
    expect(await errorsOf(blueprint({ n: { type: "t" } }, { groups, policies }))).toEqual([]);
  });
});

describe("types derived from each other", () => {
  it("without end name the limit", async () => {
    const types: Record<string, object> = { t0: {} };
    for (let index = 1; index < 400; index++) types[`t${index}`] = { derived_from: `t${index - 1}` };
    const reversed = Object.fromEntries(Object.entries(types).reverse());
    const [error] = await errorsOf({ tosca_definitions_version: "cloudify_dsl_1_3", node_types: reversed });
    expect(error?.message).toContain("derivation");
  });
});

describe("scaling groups", () => {
  const scaling = (groups: Record<string, string[]>, targets = Object.keys(groups)) => ({
    groups: Object.fromEntries(Object.entries(groups).map(([name, members]) => [name, { members }])),
    policies: { p: { type: "cloudify.policies.scaling", targets, properties: { default_instances: 2 } } },
  });
  const nodes = { host: { type: "t" }, app: { type: "t", relationships: within("host") }, free: { type: "t" } };
  const codesOf = async (extra: object) => (await errorsOf(blueprint(nodes, extra))).map(({ code }) => code);

  it("do not mix what is contained in a node outside with what is not", async () => {
    expect(await codesOf(scaling({ g: ["app", "free"] }))).toEqual([202]);
  });

  it("may mix them once that node scales with them", async () => {
    expect(await codesOf(scaling({ g: ["app", "free", "host"] }))).toEqual([]);
    expect(await codesOf(scaling({ g: ["app", "free"], outer: ["g", "host"] }))).toEqual([]);
    expect(await codesOf(scaling({ g: ["app", "free"], other: ["host"] }))).toEqual([202]);
  });

  it("alone may not be in a circle", async () => {
    const circle = { g: ["h"], h: ["g", "free"] };
    expect(await codesOf(scaling(circle))).toEqual([200]);
    expect(await codesOf({ groups: scaling(circle).groups })).toEqual([]);
  });

  it("contain their members in the member's container, whatever else relates the two", async () => {
    const relationships = [...within("host"), { type: "cloudify.relationships.depends_on", target: "host" }];
    const plan = await planOf(blueprint({ ...nodes, app: { type: "t", relationships } }, scaling({ g: ["app"] })));
    const { node_instances } = await prepareDeployment(plan);
    const apps = node_instances.filter(({ node_id }) => node_id === "app");
    expect(apps.map((app) => app.relationships.map(({ type }) => type.split(".").at(-1)))).toEqual([
      ["contained_in", "depends_on"],
      ["contained_in", "depends_on"],
    ]);
  });
});
