import { describe, expect, it } from "vitest";
import { memoryResolver, parseBlueprint } from "../../../src/dsl/index.ts";
import { errorsOf, planOf } from "./blueprints.ts";

const VERSION = "tosca_definitions_version: cloudify_dsl_1_5\n";

describe("a blueprint with several mistakes", () => {
  it("is told all of them in one run, each with its place and the name that was meant", async () => {
    const errors = await errorsOf(`${VERSION}inputs:
  size: {type: intger}
node_types:
  app: {properties: {port: {type: integer}}}
node_templates:
  web:
    type: ap
  db:
    type: app
    properties: {prot: 1}
    relationships: [{type: nope, target: wbe}]
outputs:
  o: {value: {get_input: siez}}
`);
    expect(errors.map(({ code, className, line, column, hint }) => [code ?? className, line, column, hint])).toEqual([
      [103, 3, 16, 'did you mean "integer"?'],
      [7, 8, 11, 'did you mean "app"?'],
      [26, 12, 28, undefined],
      [25, 12, 42, 'did you mean "web"?'],
      [106, 11, 18, 'did you mean "port"?'],
      ["UnknownInputError", 14, 26, 'did you mean "size"?'],
    ]);
  });

  it("is not told what only follows from another mistake", async () => {
    const errors = await errorsOf(`${VERSION}node_types:
  base: {derived_from: ghost}
  app: {derived_from: base}
node_templates:
  a: {type: app}
  b: {type: app, properties: {p: {get_property: [a, x]}}}
`);
    expect(errors.map(({ code, path }) => [code, path])).toEqual([[103, ["node_types", "base", "derived_from"]]]);
  });

  it("is told a mistake of a type once, however many templates show it", async () => {
    const errors = await errorsOf(`${VERSION}node_types:
  app: {interfaces: {life: {go: nowhere.x}}}
node_templates:
  a: {type: app}
  b: {type: app}
`);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set([10]));
  });
});

describe("a mistake in another file", () => {
  it("is placed in that file", async () => {
    const [error] = await errorsOf(`${VERSION}imports: [lib/types.yaml]\n`, {
      "lib/types.yaml": "node_types:\n  app:\n    derived_from: ghost\n",
    });
    expect(error).toMatchObject({ code: 103, file: "lib/types.yaml", line: 3, column: 19 });
  });

  it("is placed in that file when its names are in a namespace", async () => {
    const [error] = await errorsOf(`${VERSION}imports: [ns--lib.yaml]\n`, {
      "lib.yaml": "node_types:\n  app: {}\nnode_templates:\n  web:\n    type: apq\n",
    });
    expect(error).toMatchObject({
      code: 7,
      file: "lib.yaml",
      line: 5,
      column: 11,
      path: ["node_templates", "ns--web", "type"],
    });
  });

  it("that two files make together is placed in the later one", async () => {
    const [error] = await errorsOf(`${VERSION}imports: [lib.yaml]\nnode_types: {app: {}}\n`, {
      "lib.yaml": "node_types:\n  other: {}\n  app: {}\n",
    });
    expect(error).toMatchObject({ code: 4, file: "lib.yaml", line: 3 });
  });
});

describe("imports", () => {
  it.each(["../secret.yaml", "lib/../../secret.yaml", "/etc/secret.yaml"])(
    "never leave the blueprint's folder: %s",
    async (path) => {
      const read: string[] = [];
      const resolver = {
        read: (name: string) => {
          read.push(name);
          return null;
        },
        exists: () => false,
      };
      const result = await parseBlueprint(
        { location: "blueprint.yaml", text: `${VERSION}imports: ["${path}"]\n` },
        resolver,
      );
      expect(result).toMatchObject({ ok: false, errors: [{ code: 13 }] });
      expect(read).toEqual([]);
    },
  );

  it.each([
    ["1_5", [null], 220],
    ["1_5", [5], 1],
    ["1_5", [{}], 220],
    ["1_5", [{ "plugin:a": {}, "plugin:b": {} }], 220],
    ["1_5", [{ "plugin:a": ["x"] }], 1],
    ["1_5", [{ "plugin:a": { size: null } }], 220],
    ["1_4", [{ "plugin:a": { size: { b: 1 } } }], 102],
    ["1_4", [{ "plugin:a": "x" }], 1],
  ])("in %s of the form %j are error %i", async (version, imports, code) => {
    const [error] = await errorsOf({ tosca_definitions_version: `cloudify_dsl_${version}`, imports });
    expect(error).toMatchObject({ code });
  });

  it("give plugins properties of their types, and nothing to plugins that declare none", async () => {
    const codesOf = async (declared: string, value: unknown) => {
      const plugin = `plugins: {p: {executor: host_agent, install: false${declared}}}\n`;
      const resolver = { ...memoryResolver({}), plugin: () => ({ location: "plugin:p", text: plugin }) };
      const text = `${VERSION}imports: [{"plugin:p": {size: ${JSON.stringify(value)}}}]\n`;
      const result = await parseBlueprint({ location: "b.yaml", text }, resolver);
      return result.ok ? [] : result.errors.map(({ code }) => code);
    };
    expect(await codesOf(", properties: {size: {type: integer}}", true)).toEqual([]);
    expect(await codesOf(", properties: {size: {type: string}}", 3)).toEqual([]);
    expect(await codesOf(", properties: {size: {type: string}}", 1.5)).toEqual([221]);
    expect(await codesOf(", properties: {other: {type: string}}", 3)).toEqual([221]);
    expect(await codesOf("", 3)).toEqual([]);
  });

  it("may be listed twice in a file that is itself imported", async () => {
    const files = { "a.yaml": "imports: [b.yaml, b.yaml]\n", "b.yaml": "node_types: {t: {}}\n" };
    expect(await errorsOf(`${VERSION}imports: [a.yaml]\n`, files)).toEqual([]);
    expect(await errorsOf(`${VERSION}imports: [b.yaml, b.yaml]\n`, files)).toMatchObject([{ code: 2 }]);
  });

  it("of an address say that there is no network", async () => {
    const [error] = await errorsOf(`${VERSION}imports: ["https://example.com/x.yaml"]\n`);
    expect(error).toMatchObject({ code: 13, line: 2, message: expect.stringContaining("no network") });
  });

  it.each([
    "cloudify/types/types.yaml",
    "http://www.getcloudify.org/spec/cloudify/5.0.5/types.yaml",
    "https://cloudify.co/spec/cloudify/6.3.0/types.yaml",
  ])("of the built-in types as %s need neither file nor network", async (location) => {
    const plan = await planOf(`${VERSION}imports: ["${location}"]\nnode_templates: {x: {type: cloudify.nodes.Root}}\n`);
    expect(plan.workflows["install"]?.plugin).toBe("default_workflows");
  });

  it("that the resolver fails at are an error of that import", async () => {
    const resolver = {
      ...memoryResolver({}),
      plugin: () => {
        throw new Error("the database is gone");
      },
    };
    const result = await parseBlueprint({ location: "b.yaml", text: `${VERSION}imports: ["plugin:x"]\n` }, resolver);
    expect(result).toMatchObject({
      ok: false,
      errors: [{ code: 13, message: expect.stringContaining("the database is gone") }],
    });
  });
});

describe("a namespace", () => {
  const imported = (text: string) => ({ "lib.yaml": text });
  const blueprint = `${VERSION}imports: ["ns--lib.yaml"]\n`;

  it("is part of the names inside groups and of metadata", async () => {
    const plan = await planOf(
      blueprint,
      imported(`metadata: {author: me}
node_types: {t: {}}
node_templates: {n: {type: t}}
policy_types: {watch: {source: a.py}}
policy_triggers: {act: {source: b.py}}
groups: {g: {members: [n], policies: {p: {type: watch, triggers: {x: {type: act}}}}}}
`),
    );
    expect(plan.metadata).toEqual({ "ns--author": "me" });
    expect(plan.groups["ns--g"]?.policies).toMatchObject({
      "ns--p": { type: "ns--watch", triggers: { "ns--x": { type: "ns--act" } } },
    });
  });

  it("has no deployment settings of its own", async () => {
    const [error] = await errorsOf(blueprint, imported("deployment_settings: {display_name: x}\n"));
    expect(error).toMatchObject({ code: 1, file: "lib.yaml", line: 1 });
  });
});

describe("a script", () => {
  it("is looked for inside the blueprint's folder only", async () => {
    const asked: string[] = [];
    const resolver = {
      read: () => null,
      exists: (path: string) => {
        asked.push(path);
        return true;
      },
    };
    const text = `${VERSION}node_types: {t: {interfaces: {i: {a: ../x.sh, b: /etc/passwd}}}}\nnode_templates: {n: {type: t}}\n`;
    const result = await parseBlueprint({ location: "b.yaml", text }, resolver);
    expect(result.ok).toBe(false);
    expect(asked).toEqual([]);
  });
});

describe("names that objects inherit", () => {
  it("are no names of the blueprint", async () => {
    const errors = await errorsOf(
      `${VERSION}node_templates: {a: {type: constructor}}\noutputs: {o: {value: {get_input: toString}}}\n`,
    );
    expect(errors.map(({ code, className }) => code ?? className)).toEqual([7, "UnknownInputError"]);
  });
});
