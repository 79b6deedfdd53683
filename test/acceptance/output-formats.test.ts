import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FreshHome } from "./fresh-home.ts";

let home: FreshHome;
const AWKWARD = 'commas, "quotes" | and bars';
const WIDE = "ümläuts — 你好";
beforeAll(async () => {
  home = new FreshHome();
  const blueprint = join(home.path, "app/app.yaml");
  mkdirSync(join(home.path, "app"));
  writeFileSync(
    blueprint,
    `tosca_definitions_version: cloudify_dsl_1_5\ndescription: '${AWKWARD}'\nimports: [cloudify/types/types.yaml]\n`,
  );
  for (const id of ["one", "two"]) await home.cfy(["blueprints", "upload", blueprint, "-b", id, "-q"]);
  await home.cfy(["deployments", "create", "app", "-b", "one", "-n", WIDE, "-q"]);
});
afterAll(() => home.remove());

const list = async (words: string) => {
  const { code, stdout } = await home.cfy(`blueprints list --sort-by id ${words}`);
  expect(code).toBe(0);
  return stdout;
};
const ROWS = ["one", "two"].map((id) => ({ id, description: AWKWARD, state: "uploaded" }));

describe("a list", () => {
  it("is one JSON document with every field", async () => {
    expect(JSON.parse(await list("--json"))).toMatchObject(ROWS);
  });

  it("is one JSON object a line", async () => {
    const lines = (await list("--format jsonl")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(ROWS);
  });

  it("is YAML", async () => {
    expect(parse(await list("--format yaml"))).toMatchObject(ROWS);
  });

  it("is CSV, quoted where it has to be", async () => {
    const quoted = `"${AWKWARD.replaceAll('"', '""')}"`;
    expect(await list("--format csv --columns id,description")).toBe(`id,description\none,${quoted}\ntwo,${quoted}\n`);
  });

  it("is one id a line", async () => {
    expect(await list("--format id")).toBe("one\ntwo\n");
  });

  it("has the columns that are asked for, in that order, with heads or without", async () => {
    expect(Object.keys(JSON.parse(await list("--json --columns state,id"))[0])).toEqual(["state", "id"]);
    expect(await list("--format tsv --columns state,id --no-headers")).toBe("uploaded\tone\nuploaded\ttwo\n");
  });

  it("is a table for people, whose borders stand below each other in any script", async () => {
    const { stdout, stderr } = await home.cfy("deployments list --columns display_name,id");
    expect(stdout.split("\n").filter((line) => /^[|+]/.test(line))).toEqual([
      "+----------------+-----+",
      "|  display_name  |  id |",
      "+----------------+-----+",
      `| ${WIDE} | app |`,
      "+----------------+-----+",
    ]);
    expect(stderr).toBe("Listing deployments …\nShowing 1 of 1 deployments\n");
  });

  it("that is empty is an empty document", async () => {
    expect(await home.json("nodes list -d app")).toEqual([]);
    expect((await home.cfy("nodes list -d app --format csv")).stdout.split("\n")).toHaveLength(2);
  });
});

describe("one thing", () => {
  it.each([
    ["json", (text: string) => JSON.parse(text)],
    ["yaml", (text: string) => parse(text)],
  ])("is one %s document", async (format, read) => {
    for (const line of [
      "deployments inputs app",
      "executions summary workflow_id",
      "status",
      "workflows list -d app",
    ]) {
      const { code, stdout, stderr } = await home.cfy(`${line} --format ${format}`);
      expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: "" });
      expect(read(stdout)).toBeTypeOf("object");
    }
  });
});

describe("quiet and loud", () => {
  it("leave stdout as it is", async () => {
    const plain = await home.cfy("blueprints list");
    const quiet = await home.cfy("blueprints list -q");
    const loud = await home.cfy("blueprints list -vvv");
    expect([quiet.stdout, loud.stdout]).toEqual([plain.stdout, plain.stdout]);
    expect(quiet.stderr).toBe("");
    expect(loud.stderr.length).toBeGreaterThan(plain.stderr.length);
  });
});
