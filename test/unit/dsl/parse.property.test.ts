import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DslError, type EvaluationStorage, evaluateFunctions, prepareDeployment } from "../../../src/dsl/index.ts";
import { parse, toYaml } from "./blueprints.ts";

const EVERYTHING = {
  tosca_definitions_version: "cloudify_dsl_1_5",
  imports: ["lib.yaml", "ns--lib.yaml"],
  description: "all sections",
  metadata: { a: 1 },
  inputs: {
    i: { type: "integer", default: 3, constraints: [{ in_range: [1, 9] }] },
    d: { type: "data", default: { x: 2 } },
    l: { type: "list", item_type: "string", default: ["a"], hidden: true },
    t: { type: "textarea", display: { rows: 3 }, required: false },
  },
  plugins: { ops: { executor: "central_deployment_agent", install: false, properties: { p: { type: "string" } } } },
  data_types: { data: { properties: { x: { type: "integer", default: 1 }, y: { required: false } } } },
  node_types: {
    "cloudify.nodes.Compute": { properties: { size: { default: 1 } } },
    app: {
      derived_from: "cloudify.nodes.Compute",
      properties: { conf: { type: "data" } },
      interfaces: {
        life: { go: { implementation: "ops.m.go", max_retries: 2, inputs: { a: { type: "string", default: "x" } } } },
      },
    },
  },
  relationships: {
    "cloudify.relationships.depends_on": { properties: { connection_type: { default: "all_to_all" } } },
    "cloudify.relationships.contained_in": { derived_from: "cloudify.relationships.depends_on" },
    "cloudify.relationships.connected_to": {
      derived_from: "cloudify.relationships.depends_on",
      source_interfaces: {
        link: { up: { implementation: "ops.up", inputs: { s: { default: { get_property: ["SOURCE", "size"] } } } } },
      },
    },
  },
  node_templates: {
    a: {
      type: "app",
      properties: { conf: { x: { get_input: "i" } } },
      capabilities: { scalable: { properties: { default_instances: 2 } } },
    },
    b: {
      type: "app",
      interfaces: { life: { go: { inputs: { a: { concat: ["x", { get_property: ["SELF", "size"] }] } } } } },
      relationships: [{ type: "cloudify.relationships.contained_in", target: "a" }],
    },
    c: {
      type: "app",
      instances: { deploy: 2 },
      relationships: [{ type: "cloudify.relationships.connected_to", target: "b" }],
    },
  },
  groups: {
    g: { members: ["a"], policies: { p: { type: "w", properties: { k: 1 }, triggers: { t: { type: "trigger" } } } } },
  },
  policy_types: { w: { source: "s", properties: { k: {} } } },
  policy_triggers: { trigger: { source: "s", parameters: { z: { default: 1 } } } },
  policies: { s: { type: "cloudify.policies.scaling", targets: ["g"], properties: { default_instances: 2 } } },
  workflows: {
    w: { mapping: "ops.w", parameters: { p: { default: 1 } }, availability_rules: { node_instances_active: ["all"] } },
  },
  outputs: { o: { value: { merge: [{ a: 1 }, { b: { get_attribute: ["a", "ip"] } }] } } },
  capabilities: { c: { value: { string_upper: { get_input: "i" } } } },
  labels: { env: { values: ["dev"] } },
  blueprint_labels: { team: { values: ["x"] } },
  resource_tags: { t: "v" },
  deployment_settings: {
    display_name: "n",
    default_schedules: { s: { workflow: "w", since: "+1d", weekdays: ["mo"] } },
  },
};
const FILES = {
  "lib.yaml": "inputs: {other: {default: 1}}\nnode_types: {extra: {}}\nlabels: {env: {values: [lib]}}\n",
};

/** Anything a YAML text can say, with words of the language among its texts. */
const WORDS = [
  "get_input",
  "get_property",
  "SELF",
  "type",
  "a",
  "g",
  "app",
  "data",
  "integer",
  "cloudify.nodes.Root",
  "--",
  "",
  "ops.x",
];
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 3, ...WORDS),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS, "properties", "interfaces", "x"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** Replaces, removes or adds something at a place that a list of numbers leads to. */
function mutate(document: unknown, way: readonly number[], value: unknown, remove: boolean): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof document !== "object" || document === null) return value;
  const keys = Object.keys(document);
  if (keys.length === 0) return value;
  const key = keys[step % keys.length] as string;
  const copy = (Array.isArray(document) ? [...document] : { ...document }) as Record<string, unknown>;
  if (rest.length === 0 && remove) delete copy[key];
  else copy[key] = mutate(copy[key], rest, value, remove);
  return Array.isArray(copy) ? (copy as unknown[]).filter((item) => item !== undefined) : copy;
}

const mutation = fc.record({
  way: fc.array(fc.nat(60), { minLength: 1, maxLength: 7 }),
  value: anyValue,
  remove: fc.boolean(),
});

const nothing: EvaluationStorage = {
  input: () => undefined,
  secret: () => undefined,
  node: () => undefined,
  nodeInstance: () => undefined,
  nodeInstances: () => [],
  capability: () => undefined,
  groupCapabilities: () => undefined,
  label: () => undefined,
  sys: () => undefined,
  consumers: () => [],
};

describe("whatever a blueprint says", () => {
  it("starts from a blueprint that is sound", async () => {
    const result = await parse(toYaml(EVERYTHING), FILES);
    expect(result.ok ? [] : result.errors.map(String)).toEqual([]);
  });

  it("is answered with a plan or with errors that have a place", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const blueprint = mutations.reduce<unknown>(
          (document, { way, value, remove }) => mutate(document, way, value, remove),
          EVERYTHING,
        );
        const result = await parse(toYaml(blueprint), FILES);
        if (!result.ok) {
          for (const error of result.errors) expect(error.location?.line).toBeGreaterThan(0);
          return;
        }
        expect(JSON.parse(JSON.stringify(result.plan))).toEqual(result.plan);
        await prepareDeployment(result.plan, { secretExists: () => true }).catch((error) => {
          if (!(error instanceof DslError)) throw error;
        });
      }),
      { numRuns: 150 },
    );
  });

  it("is answered even when it is no YAML", async () => {
    const text = fc.stringMatching(/^[\n a-z0-9:{}[\],&*!|>'"#%@-]{0,60}$/);
    await fc.assert(
      fc.asyncProperty(text, async (yaml) => {
        const result = await parse(`tosca_definitions_version: cloudify_dsl_1_3\n${yaml}`);
        expect(typeof result.ok).toBe("boolean");
      }),
      { numRuns: 500 },
    );
  });
});

describe("whatever a function is given", () => {
  it("is evaluated, or refused with an error of the language", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom("a", "b"), anyValue, { maxKeys: 2 }), async (payload) => {
        await evaluateFunctions(payload, {}, nothing).catch((error) => {
          if (!(error instanceof DslError)) throw error;
        });
      }),
      { numRuns: 300 },
    );
  });
});
