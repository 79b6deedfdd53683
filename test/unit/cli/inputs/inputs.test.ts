import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readInputs } from "../../../../src/cli/inputs/inputs.ts";
import { world } from "../../../helpers/cfy.ts";

let folder: string;
const read = (...texts: string[]) => readInputs(texts, world({ stdin: "from: stdin" }).world.io.stdin);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cfy-inputs-"));
  await mkdir(join(folder, "many"));
  await writeFile(join(folder, "a=b.yaml"), "from: file\nenabled: yes\n");
  await writeFile(join(folder, "empty.yaml"), "");
  await writeFile(join(folder, "list.yaml"), "- 1\n");
  await writeFile(join(folder, "many", "1.yaml"), "x: 1\ny: 1\n");
  await writeFile(join(folder, "many", "2.json"), '{"y": 2}');
});
afterAll(() => rm(folder, { recursive: true }));

describe("inputs", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a=1", { a: "1" }],
    ["a=1;b=2", { a: "1", b: "2" }],
    ["a=b=c", { a: "b=c" }],
    ["url=http://host:80/?x=1", { url: "http://host:80/?x=1" }],
    ["a=x\\;y", { a: "x;y" }],
    ["a=", { a: "" }],
    ['{"a": {"b": [1, null, true]}}', { a: { b: [1, null, true] } }],
    ["{a: 1, b: [x]}", { a: 1, b: ["x"] }],
    ['{a: "x=y"}', { a: "x=y" }],
    ["a: 1", { a: 1 }],
    ["a: x=y", { a: "x=y" }],
    ["a: 1\nb: x=y", { a: 1, b: "x=y" }],
    ["-", { from: "stdin" }],
  ])("%s", async (text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  it("come from a file whose name contains an equals sign, in YAML 1.1", async () => {
    const expected = { from: "file", enabled: true };
    expect(await read(join(folder, "a=b.yaml"))).toEqual(expected);
    expect(await read(`@${join(folder, "a=b.yaml")}`)).toEqual(expected);
  });

  it("come from every file of a directory or wildcard in order of name", async () => {
    expect(await read(join(folder, "many"))).toEqual({ x: 1, y: 2 });
    expect(await read(join(folder, "m*", "?.*"))).toEqual({ x: 1, y: 2 });
    expect(await read(join(folder, "many", "[1].yaml"))).toEqual({ x: 1, y: 1 });
  });

  it("of an empty file are none", async () => {
    expect(await read(join(folder, "empty.yaml"))).toEqual({});
  });

  it("given later replace those given earlier, key by key", async () => {
    expect(await read("a=1;b=1", '{"b": {"c": 2}}')).toEqual({ a: "1", b: { c: 2 } });
  });

  it.each([
    ["justaword", "no dictionary"],
    ["[1, 2]", "no dictionary"],
    ["{a: [1", "not valid YAML"],
  ])("%s is refused", async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ exit: 2, message: expect.stringContaining(message) });
  });

  it.each(["@nowhere.yaml", "nowhere.yaml", "no/where", "no/*.yaml"])(
    "name the file %s, which is not there",
    async (text) => {
      const message = `${text.replace("@", "")} does not exist`;
      await expect(read(text)).rejects.toMatchObject({ exit: 5, message });
    },
  );

  it("keep any value after the first equals sign", async () => {
    const value = fc.string().filter((text) => text === text.trim() && !/[;\\]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z_]{1,8}$/), value, async (key, text) => {
        expect(await read(`${key}=${text}`)).toEqual({ [key]: text });
      }),
    );
  });
});
