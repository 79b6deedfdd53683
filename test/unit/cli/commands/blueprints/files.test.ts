import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { list } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";

let folder: string;
let blueprint: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cfy-blueprint-files-"));
  mkdirSync(join(folder, "app"));
  blueprint = join(folder, "app", "blueprint.yaml");
  writeFileSync(blueprint, "tosca_definitions_version: cloudify_dsl_1_4\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("blueprints package", () => {
  it("packs the folder of the main file, as an upload does", async () => {
    expect((await cfy(["blueprints", "package", blueprint, "-o", join(folder, "out")])).code).toBe(0);
    const paths: string[] = [];
    await list({ file: join(folder, "out.tar.gz"), onReadEntry: ({ path }) => paths.push(path) });
    expect(paths).toEqual(["app/", "app/blueprint.yaml"]);
  });

  it("with --validate writes nothing when the blueprint is not valid", async () => {
    writeFileSync(blueprint, "tosca_definitions_version: cloudify_dsl_1_4\nnode_templates: {a: {type: none}}\n");
    const line = ["blueprints", "package", blueprint, "--validate", "-o", join(folder, "out")];
    expect(await cfy(line)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("  2 | node_templates: {a: {type: none}}"),
    });
    expect(() => readFileSync(join(folder, "out.tar.gz"))).toThrow("ENOENT");
  });
});

describe("blueprints create-requirements", () => {
  beforeEach(() => {
    writeFileSync(
      blueprint,
      `tosca_definitions_version: cloudify_dsl_1_4
plugins:
  remote: { executor: central_deployment_agent, source: "https://example.org/remote.zip" }
  local: { executor: central_deployment_agent, source: mine }
  installed: { executor: central_deployment_agent, package_name: installed, package_version: "1" }
node_types:
  app:
    interfaces:
      own: { a: remote.tasks.a, b: local.tasks.b, c: installed.tasks.c }
node_templates:
  app: { type: app }
`,
    );
  });

  it("names what pip can install, local plugins by their path", async () => {
    const ran = await cfy(["blueprints", "create-requirements", blueprint, "--json"]);
    expect(JSON.parse(ran.stdout)).toEqual([join(folder, "app", "plugins", "mine"), "https://example.org/remote.zip"]);
  });

  it("never writes over a file", async () => {
    const file = join(folder, "requirements.txt");
    const line = ["blueprints", "create-requirements", blueprint, "-o", file];
    expect((await cfy(line)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("https://example.org/remote.zip\n");
    expect((await cfy(line)).code).toBe(6);
  });
});

describe("blueprints install-plugins", () => {
  const withPlugin = (plugin: string): void =>
    writeFileSync(
      blueprint,
      `tosca_definitions_version: cloudify_dsl_1_4
plugins:
  tool: { executor: central_deployment_agent, ${plugin} }
node_types:
  app:
    interfaces:
      own: { a: tool.tasks.a }
node_templates:
  app: { type: app }
`,
    );

  it("names the plugins that the server is to have", async () => {
    withPlugin('package_name: tool, package_version: "1"');
    const ran = await cfy(["blueprints", "install-plugins", blueprint]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("Plugins to upload: tool\n") });
  });

  it.each(["install: false", "source: tool"])("has nothing to do for a plugin with %s", async (plugin) => {
    withPlugin(plugin);
    const ran = await cfy(["blueprints", "install-plugins", blueprint]);
    expect(ran).toMatchObject({ code: 0, stdout: "There is nothing to install\n" });
  });
});

it("blueprints download says where the archive is", async () => {
  const manager = fakeManager().on("GET /blueprints/app/archive", { answer: { some: "bytes" } });
  const file = join(folder, "new", "app.tar.gz");
  const ran = await cfy(["blueprints", "download", "app", "-o", file, "--json"], { manager });
  expect(JSON.parse(ran.stdout)).toEqual({ path: file });
  expect(readFileSync(file, "utf8")).toContain("bytes");
});
