import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { create } from "tar";
import { beforeEach, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { cfy } from "../../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../../helpers/directory.ts";

const HEAD = "tosca_definitions_version: cloudify_dsl_1_4\n";
const WRONG = `${HEAD}node_types:
  app: {}
node_templates:
  web:
    type: apq
  db:
    type: app
    interfaces: []
`;

let folder: string;
beforeEach(() => {
  folder = temporaryDirectory();
});

/** Writes the files and names the first. */
function blueprint(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return join(folder, Object.keys(files)[0] ?? "");
}

const validate = (files: Record<string, string>, ...words: string[]) =>
  cfy(["blueprints", "validate", blueprint(files), ...words]);

async function writeZip(path: string, files: Record<string, string>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

describe("blueprints validate", () => {
  it("shows every fault with its line and the place marked on stdout, and counts them on stderr", async () => {
    expect(await validate({ "app.yaml": WRONG }, "-q")).toEqual({
      code: 1,
      stdout: `${folder}/app.yaml:6:11: the node type "apq" of web is not known (7, DSLParsingLogicException)
  6 |     type: apq
    |           ^^^
  at node_templates.web.type
  did you mean "app"?

${folder}/app.yaml:9:5: interfaces must be a dict, and this is a list (1, DSLParsingFormatException)
  9 |     interfaces: []
    |     ^^^^^^^^^^
  at node_templates.db.interfaces
`,
      stderr: `Error: ${folder}/app.yaml is not valid: 2 errors\n`,
    });
  });

  it("with --json writes one document with every fault, and the one error object on stderr", async () => {
    const ran = await validate({ "app.yaml": WRONG }, "--json");
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toEqual({
      valid: false,
      errors: [
        {
          code: 7,
          class: "DSLParsingLogicException",
          message: 'the node type "apq" of web is not known',
          file: `${folder}/app.yaml`,
          line: 6,
          column: 11,
          path: ["node_templates", "web", "type"],
          hint: 'did you mean "app"?',
        },
        expect.objectContaining({ line: 9, column: 5, path: ["node_templates", "db", "interfaces"] }),
      ],
      warnings: [],
    });
    expect(JSON.parse(ran.stderr)).toMatchObject({ error: { code: "invalid_blueprint" } });
  });

  it("with --format sarif writes a log whose results have their places", async () => {
    const ran = await validate({ "my app.yaml": WRONG }, "--format", "sarif");
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "cfy" } },
          results: [
            {
              ruleId: "DSLParsingLogicException/7",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: `file://${folder}/my%20app.yaml` },
                    region: { startLine: 6, startColumn: 11 },
                  },
                },
              ],
            },
            {},
          ],
        },
      ],
    });
  });

  it("with --format csv writes a row for each fault", async () => {
    const { stdout } = await validate({ "app.yaml": WRONG }, "--format", "csv", "--columns", "line,column,code,path");
    expect(stdout.split(/\r?\n/)).toEqual([
      "line,column,code,path",
      "6,11,7,node_templates.web.type",
      "9,5,1,node_templates.db.interfaces",
      "",
    ]);
  });

  it.each([
    ["table", (text: string) => text.endsWith("app.yaml is valid\n")],
    ["json", (text: string) => JSON.stringify(JSON.parse(text)) === '{"valid":true,"errors":[],"warnings":[]}'],
    ["sarif", (text: string) => JSON.parse(text).runs[0].results.length === 0],
  ])("says as %s that a blueprint is valid", async (format, fits) => {
    const ran = await validate({ "app.yaml": HEAD }, "-q", "--format", format);
    expect({ ...ran, stdout: fits(ran.stdout) }).toEqual({ code: 0, stdout: true, stderr: "" });
  });

  it("names the file that is wrong when it is an imported one", async () => {
    const files = { "app.yaml": `${HEAD}imports: [types.yaml]\n`, "types.yaml": "\n\nnode_types: [app]\n" };
    expect((await validate(files)).stdout).toContain(`${folder}/types.yaml:3:1: node_types must be a dict`);
  });

  it("marks where the text stops being YAML", async () => {
    expect((await validate({ "app.yaml": `${HEAD}a: b\n  c: }\n` })).stdout).toMatch(
      /app\.yaml:2:4: app\.yaml is not valid YAML: .*\(-1, DSLParsingFormatException\)\n {2}2 \| a: b\n {4}\| {4}\^\n/,
    );
  });

  it("warns of a key that stands twice, and calls the blueprint valid all the same", async () => {
    const files = { "app.yaml": `${HEAD}inputs:\n  a: {}\n  a: {}\n` };
    expect(await validate(files, "-q")).toEqual({
      code: 0,
      stdout: `${folder}/app.yaml:4:3: the key "a" stands here a second time, and only the last one counts (warning, duplicate-key)
  4 |   a: {}
    |   ^
  remove one of them
${folder}/app.yaml is valid
`,
      stderr: "",
    });
    expect(JSON.parse((await validate(files, "--json")).stdout)).toEqual({
      valid: true,
      errors: [],
      warnings: [expect.objectContaining({ rule: "duplicate-key", file: `${folder}/app.yaml`, line: 4, column: 3 })],
    });
    expect(JSON.parse((await validate(files, "--format", "sarif")).stdout).runs[0].results).toMatchObject([
      { ruleId: "duplicate-key", level: "warning" },
    ]);
  });

  it("counts columns from the first character, whatever mark an editor put before it", async () => {
    expect((await validate({ "app.yaml": "\ufefftosca_definitions_version: 3\n" })).stdout).toMatch(
      /app\.yaml:1:28: .*\n {2}1 \| tosca_definitions_version: 3\n {4}\| {28}\^\n/,
    );
  });

  it.each(["app.tar.gz", "app.zip"])("looks into %s, and calls files by their place in it", async (name) => {
    mkdirSync(join(folder, "app"));
    writeFileSync(join(folder, "app", "main.yaml"), WRONG);
    const archive = join(folder, name);
    if (name.endsWith("zip")) await writeZip(archive, { "app/main.yaml": WRONG });
    else await create({ gzip: true, file: archive, cwd: folder }, ["app"]);
    const ran = await cfy(["blueprints", "validate", archive, "-n", "main.yaml"]);
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining(`${archive}/main.yaml:6:11: the node type`) });
    expect(ran.stdout).toContain("  6 |     type: apq\n");
  });

  it("uses colours where the stream does, and none elsewhere", async () => {
    const path = blueprint({ "app.yaml": WRONG });
    expect((await cfy(["blueprints", "validate", path], { colours: true })).stdout).toContain(
      "\u001b[31m          ^^^",
    );
    expect((await cfy(["blueprints", "validate", path])).stdout).not.toContain("\u001b");
  });

  it("alone writes SARIF: any other command refuses before it does anything", async () => {
    expect(await cfy("deployments list --format sarif")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("This command does not write sarif"),
    });
  });
});

describe("a blueprint that is validated first", () => {
  it("is told with its marked lines on stderr, since the command was to do something else", async () => {
    const ran = await cfy(["blueprints", "create-requirements", blueprint({ "app.yaml": WRONG })]);
    expect(ran).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("  6 |     type: apq\n") });
  });

  it("has its faults in the error object of --json", async () => {
    const { stderr } = await cfy(["blueprints", "create-requirements", blueprint({ "app.yaml": WRONG }), "--json"]);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: "invalid_blueprint", errors: [{ line: 6 }, { line: 9 }] },
    });
  });
});
