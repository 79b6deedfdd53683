import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Header } from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FreshHome } from "./fresh-home.ts";

let home: FreshHome;
let directory: string;
beforeAll(() => {
  home = new FreshHome();
  directory = mkdtempSync(join(home.path, "input-"));
});
afterAll(() => home.remove());

const inDirectory = (line: string) => home.cfy(line, { cwd: directory });
function file(name: string, content: string | Buffer): void {
  mkdirSync(join(directory, name, ".."), { recursive: true });
  writeFileSync(join(directory, name), content);
}

const HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n";

describe("a command line that is wrong", () => {
  it.each([
    ["exections list", "Did you mean executions?"],
    ["executions lst", "Did you mean list?"],
    ["executions list --descnding", "Did you mean --descending?"],
    ["executions start", "WORKFLOW_ID is missing"],
    ["executions start install", "--deployment-id"],
    ["executions start install -d x --timeout soon", "not a duration"],
    ["executions list --format xml", "xml"],
    ["deployments create x -b y --columns id,colour", "Columns: id,"],
    ["executions get one two", "two"],
    ["deployments create x", "--blueprint-id"],
    ["deployments create -b", "-b needs a value"],
    ["deployments create two/words -b x", "two/words"],
  ])("`cfy %s` is answered with %j, and no server is started for it", async (line, said) => {
    const { code, stdout, stderr } = await home.cfy(line);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(said) });
    expect(stderr).toContain("--help shows what it takes");
    expect(existsSync(home.server())).toBe(false);
  });

  it("is an object on stderr for a script", async () => {
    const { code, stdout, stderr } = await home.cfy("executions list --descnding --json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: "usage", hint: expect.stringContaining("--descending") },
    });
  });
});

describe("what does not exist", () => {
  it.each([
    "executions start install -d nowhere",
    "executions get nowhere",
    "executions cancel nowhere",
    "executions watch nowhere",
    "executions resume nowhere",
    "events list nowhere",
    "deployments create x -b nowhere",
    "deployments inputs nowhere",
    "deployments delete nowhere",
    "blueprints get nowhere",
    "blueprints delete nowhere",
    "blueprints inputs nowhere",
    "workflows list -d nowhere",
    "workflows get install -d nowhere",
    "nodes get nowhere -d nowhere",
    "node-instances get nowhere",
    "uninstall nowhere",
  ])("is named by `cfy %s`, which ends with 5", async (line) => {
    const { code, stdout, stderr } = await home.cfy(line);
    expect({ code, stdout, stderr }).toEqual({
      code: 5,
      stdout: "",
      stderr: expect.stringMatching(/^Error: .*nowhere/m),
    });
  });
});

describe("a blueprint that cannot be one", () => {
  it.each([
    ["an empty folder", "empty", () => mkdirSync(join(directory, "empty")), 5, "empty/blueprint.yaml"],
    ["a file that is not there", "nowhere.yaml", () => {}, 5, "nowhere.yaml"],
    [
      "an archive that is none",
      "noise.tar.gz",
      () => file("noise.tar.gz", randomBytes(3000)),
      1,
      "neither a blueprint",
    ],
    [
      "an archive with a path out of it",
      "dots.tar",
      () => file("dots.tar", archive("../../evil")),
      1,
      "../../evil leads out",
    ],
    [
      "an archive with an absolute path",
      "root.tar",
      () => file("root.tar", archive("/tmp/evil")),
      1,
      "/tmp/evil leads out",
    ],
    [
      "an archive with a link out of it",
      "link.tar",
      () => file("link.tar", archive("app/l", "/etc/passwd")),
      1,
      "leads out",
    ],
  ])("as %s is refused before anything is sent", async (_, source, make, code, said) => {
    make();
    const ran = await inDirectory(`blueprints upload ${source} -b refused`);
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(said) });
    expect(await home.json("blueprints list")).toEqual([]);
  });

  it.each([
    ["that is no YAML", "node_types:\n  a: {b: [\n  c\n", "in line: 5, column: 3"],
    ["with a type nobody knows", "node_templates:\n  a:\n    type: no.Such\n", "in line: 5, column: 11"],
    ["with a section nobody knows", "node_tmplates: {}\n", "node_tmplates"],
  ])("%s is told with its place, by upload and by validate", async (_, text, place) => {
    file("wrong.yaml", HEAD + text);
    const uploaded = await inDirectory("blueprints upload wrong.yaml -b wrong");
    expect(uploaded).toMatchObject({ code: 1, stderr: expect.stringContaining("wrong.yaml") });
    const validated = await inDirectory("blueprints validate wrong.yaml");
    const [, line, column] = /line: (\d+), column: (\d+)/.exec(place) ?? [];
    expect(validated.code).toBe(1);
    if (!line) return expect(uploaded.stderr).toContain(place);
    expect(validated.stdout).toContain(`wrong.yaml:${line}:${column}`);
    expect(uploaded.stderr).toContain(`The blueprint wrong is invalid: 1 error\n\nwrong.yaml:${line}:${column}`);
  });

  it("takes the next try under the same id when it was mended", async () => {
    file("wrong.yaml", HEAD);
    expect((await inDirectory("blueprints upload wrong.yaml -b wrong")).code).toBe(0);
    expect(await inDirectory("blueprints upload wrong.yaml -b wrong")).toMatchObject({
      code: 6,
      stderr: expect.stringContaining("wrong"),
    });
  });
});

describe("inputs of a deployment", () => {
  beforeAll(async () => {
    file("typed.yaml", `${HEAD}inputs:\n  port: { type: integer }\n`);
    await inDirectory("blueprints upload typed.yaml -b typed");
  });

  it.each([
    ["that are missing", [], 1, "port"],
    ["that the blueprint does not have", ["-i", "{port: 1, prt: 2}"], 1, "prt"],
    ["of another type", ["-i", "port=http"], 1, "must be of type integer"],
    ["that would fit if they were not text", ["-i", "port=80"], 1, "-i '{port: 80}'"],
    ["that are no YAML", ["-i", "port: ["], 2, "not valid YAML"],
  ])("%s are refused, and no deployment is made", async (_, words, code, said) => {
    const ran = await home.cfy(["deployments", "create", "app", "-b", "typed", ...words]);
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(said) });
    expect(await home.json("deployments list")).toEqual([]);
  });
});

/** A tar archive with a blueprint and one more entry, which honest programs do not write: an empty file, or a link. */
function archive(path: string, linkpath?: string): Buffer {
  const content = Buffer.alloc(512);
  content.write(HEAD);
  const entry = (header: object) => {
    const block = Buffer.alloc(512);
    new Header({ mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), ...header }).encode(block);
    return block;
  };
  return Buffer.concat([
    entry({ path: "app/blueprint.yaml", size: HEAD.length, type: "File" }),
    content,
    entry(linkpath ? { path, linkpath, size: 0, type: "SymbolicLink" } : { path, size: 0, type: "File" }),
    Buffer.alloc(1024),
  ]);
}
