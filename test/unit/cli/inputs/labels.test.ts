import { describe, expect, it } from "vitest";
import { labelsText, parseLabels, parseLabelsToDelete } from "../../../../src/cli/inputs/labels.ts";

describe("labels", () => {
  it.each<[string, object[]]>([
    ["a:b,c:d", [{ a: "b" }, { c: "d" }]],
    ["a:1,a:2,a:1", [{ a: "1" }, { a: "2" }]],
    ["url:http\\://x\\,y", [{ url: "http://x,y" }]],
  ])("%s", (text, labels) => {
    expect(parseLabels(text)).toEqual(labels);
  });

  it.each(["novalue", "a:b:c", "a:", ":b", "a b:c", 'a:"b"', "a:b,"])("%j is refused", (text) => {
    expect(() => parseLabels(text)).toThrow(expect.objectContaining({ exit: 2 }));
  });

  it.each<[string, string[]]>([
    ["env", ["env"]],
    ["Env:prod,team", ["env:prod", "team"]],
    ["url:a\\:b", ["url:a:b"]],
  ])("to take away: %s", (text, unwanted) => {
    expect([...parseLabelsToDelete(text)]).toEqual(unwanted);
  });

  it("are shown in the form they are written in", () => {
    expect(labelsText([{ key: "a", value: "b:c" }])).toBe('"a:b\\:c"');
    expect(labelsText([])).toBe("");
  });
});
