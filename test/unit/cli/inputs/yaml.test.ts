import { expect, it } from "vitest";
import { parseYaml11 } from "../../../../src/cli/inputs/yaml.ts";

it.each([
  ["yes", true],
  ["On", true],
  ["no", false],
  ["OFF", false],
  ["y", "y"],
  ["N", "N"],
  ["0o17", "0o17"],
  ["017", 15],
  ["1_000", 1000],
])("%s is what YAML 1.1 has for it, a single letter is text: %j", async (text, value) => {
  expect(await parseYaml11(`a: ${text}`)).toEqual({ a: value });
});

it("a mapping may be merged into another", async () => {
  expect(await parseYaml11("base: &b {x: 1, y: 1}\nall: {<<: *b, y: 2}")).toMatchObject({ all: { x: 1, y: 2 } });
});
