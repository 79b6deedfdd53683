import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { parse, planOf, toYaml } from "./blueprints.ts";

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => /^-?\d+\.\d+$/.test(String(number))),
    fc.string({ unit: "grapheme-ascii" }),
    fc.constantFrom(
      "yes",
      "on",
      "010",
      "1:30",
      "1e3",
      "0x1F",
      "~",
      "2021-05-04",
      "<<",
      "=",
      "- a",
      "{a",
      "*x",
      "&x",
      "!t",
      "%",
    ),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: "grapheme-ascii" }).filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

const blueprintOf = (value: unknown) => ({
  tosca_definitions_version: "cloudify_dsl_1_3",
  node_types: { t: { properties: { p: {} } } },
  node_templates: { n: { type: "t", properties: { p: value } } },
});

describe("writing a value as YAML and parsing it", () => {
  it("gives the value back, however it is written", async () => {
    const styles = fc.record({
      defaultStringType: fc.constantFrom("QUOTE_DOUBLE", "QUOTE_SINGLE", "PLAIN"),
      collectionStyle: fc.constantFrom("any", "block", "flow"),
      indent: fc.integer({ min: 1, max: 6 }),
      lineWidth: fc.constantFrom(0, 30, 80),
    } as const);
    await fc.assert(
      fc.asyncProperty(json, styles, async (value, style) => {
        // The writer knows no word of YAML 1.1 that it would leave bare, so what could be read as one is quoted.
        const text = stringify(blueprintOf(value), { ...style, version: "1.1", aliasDuplicateObjects: false });
        const plan = await planOf(text);
        expect(plan.nodes[0]?.properties["p"]).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it("does not depend on the order of sections or of their entries", async () => {
    const sections = Object.entries({
      inputs: { a: { default: 1 }, b: { default: { get_input: "a" } } },
      node_types: { base: { properties: { p: { default: 1 } } }, kid: { derived_from: "base" }, other: {} },
      node_templates: { y: { type: "kid" }, x: { type: "other" } },
      outputs: { o: { value: { get_property: ["y", "p"] } } },
    });
    const reference = await planOf(
      toYaml({ tosca_definitions_version: "cloudify_dsl_1_3", ...Object.fromEntries(sections) }),
    );
    const shuffled = fc.shuffledSubarray(sections, { minLength: sections.length });
    await fc.assert(
      fc.asyncProperty(shuffled, fc.boolean(), async (order, reverse) => {
        const turned = order.map(([name, entries]) => {
          const all = Object.entries(entries);
          return [name, Object.fromEntries(reverse ? all.reverse() : all)];
        });
        const plan = await planOf({ ...Object.fromEntries(turned), tosca_definitions_version: "cloudify_dsl_1_3" });
        const byId = (nodes: typeof plan.nodes) => [...nodes].sort((a, b) => a.id.localeCompare(b.id));
        expect({ ...plan, nodes: byId(plan.nodes) }).toEqual({ ...reference, nodes: byId(reference.nodes) });
      }),
    );
  });
});

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 });

describe("merging files", () => {
  const file = (section: string, entries: readonly string[], value: (name: string) => unknown) =>
    toYaml({ [section]: Object.fromEntries(entries.map((name) => [name, value(name)])) });

  it("unites names that do not clash, in whatever order they are imported", async () => {
    await fc.assert(
      fc.asyncProperty(names, names, async (one, two) => {
        const others = two.filter((name) => !one.includes(name));
        const files = {
          "one.yaml": file("inputs", one, (name) => ({ default: name })),
          "two.yaml": file("inputs", others, (name) => ({ default: name })),
        };
        const merged = (imports: string[]) => planOf({ tosca_definitions_version: "cloudify_dsl_1_3", imports }, files);
        const forth = await merged(["one.yaml", "two.yaml"]);
        const back = await merged(["two.yaml", "one.yaml"]);
        expect(forth.inputs).toEqual(back.inputs);
        expect(Object.keys(forth.inputs).sort()).toEqual([...one, ...others].sort());
      }),
    );
  });

  it("refuses names that clash, and says each of them", async () => {
    await fc.assert(
      fc.asyncProperty(names, names, async (one, two) => {
        const files = { "lib.yaml": file("node_types", two, () => ({})) };
        const blueprint = {
          tosca_definitions_version: "cloudify_dsl_1_3",
          imports: ["lib.yaml"],
          node_types: Object.fromEntries(one.map((name) => [name, {}])),
        };
        const result = await parse(blueprint, files);
        const clashes = one.filter((name) => two.includes(name)).length;
        expect(result.ok ? [] : result.errors.map(({ code }) => code)).toEqual(Array(clashes).fill(4));
      }),
    );
  });

  it("keeps the earlier file's label, and the later file's cloudify type", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(["one", "two", "three"], { minLength: 3 }), async (order) => {
        const files = Object.fromEntries(
          order.map((name) => [
            `${name}.yaml`,
            toYaml({
              labels: { env: { values: [name] } },
              node_types: { "cloudify.nodes.X": { properties: { from: { default: name } } } },
            }),
          ]),
        );
        const plan = await planOf(
          {
            tosca_definitions_version: "cloudify_dsl_1_3",
            imports: order.map((name) => `${name}.yaml`),
            node_templates: { n: { type: "cloudify.nodes.X" } },
          },
          files,
        );
        expect(plan.labels["env"]?.values).toEqual([order[0]]);
        expect(plan.nodes[0]?.properties["from"]).toBe(order.at(-1));
      }),
    );
  });

  it("puts every name of a file into its namespace, and leaves its meaning alone", async () => {
    const library = {
      inputs: { size: { default: 2 } },
      node_types: { t: { properties: { p: { default: { get_input: "size" } } } } },
      node_templates: { n: { type: "t" } },
    };
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z]{1,8}$/), async (namespace) => {
        const alone = await planOf({ tosca_definitions_version: "cloudify_dsl_1_3", ...library });
        const plan = await planOf(
          { tosca_definitions_version: "cloudify_dsl_1_3", imports: [`${namespace}--lib.yaml`] },
          { "lib.yaml": toYaml(library) },
        );
        const text = JSON.stringify({ nodes: plan.nodes, inputs: plan.inputs }).replaceAll(`${namespace}--`, "");
        expect(JSON.parse(text)).toEqual({ nodes: alone.nodes, inputs: alone.inputs });
      }),
    );
  });
});
