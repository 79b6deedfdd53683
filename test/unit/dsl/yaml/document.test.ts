import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../../../src/dsl/index.ts";
import { plainJson } from "../../../../src/dsl/plain-json.ts";
import { loadYaml } from "../../../../src/dsl/yaml/document.ts";

const load = (text: string, limits = {}) => loadYaml(text, "file.yaml", { ...defaultLimits, ...limits });
const meaningOf = (text: string) => plainJson((load(text).value as { v: unknown }).v);

describe("a scalar", () => {
  it.each([
    ["yes", true],
    ["Off", false],
    ["y", "y"],
    ["010", 8],
    ["0o17", "0o17"],
    ["0b101", 5],
    ["1_000", 1000],
    ["1:30", 90],
    ["-1:30", -90],
    ["1e3", "1e3"],
    ["1.5e+3", 1500],
    [".5", 0.5],
    ["~", null],
    ["", null],
    ["2021-05-04", "2021-05-04"],
    ["2021-5-4 1:02:03", "2021-05-04 01:02:03"],
    ["2021-05-04T01:02:03.5Z", "2021-05-04 01:02:03.500000+00:00"],
    ["!!str 5", "5"],
    ["!!int '7'", 7],
    ["'010'", "010"],
  ])("written as %s means %j", (text, value) => {
    expect(meaningOf(`v: ${text}\n`)).toEqual(value);
  });

  it("outside ASCII is refused with its place, and allowed in a comment", () => {
    expect(() => load("a: 1 # é\nb: é\n")).toThrow(expect.objectContaining({ code: 108, line: 2, column: 4 }));
    expect(meaningOf("v: 1 # é\n")).toBe(1);
  });
});

describe("a mapping", () => {
  it("keeps the last of two equal keys", () => {
    expect(meaningOf("v: {a: 1, a: 2}\n")).toEqual({ a: 2 });
  });

  it("takes merged keys from the earliest mapping, and its own before all", () => {
    expect(meaningOf("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2, d: 2}\nv: {<<: [*x, *y], d: 3}\n")).toEqual({
      a: 1,
      b: 1,
      c: 2,
      d: 3,
    });
  });

  it("cannot have a key that would change the object's nature", () => {
    expect(() => load("__proto__: {polluted: 1}\n")).toThrow("__proto__ cannot be a key");
  });
});

describe("a hostile text", () => {
  it("that expands without bounds names the limit on aliases", () => {
    const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"];
    for (let level = 1; level < 9; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    }
    expect(() => load(lines.join("\n"))).toThrow("expandedValues");
  });

  it("that nests without bounds names the limit on depth", () => {
    expect(() => load("[".repeat(150) + "]".repeat(150))).toThrow("depth");
    expect(() => load("[".repeat(50_000))).toThrow(expect.objectContaining({ name: "DslError" }));
  });

  it("that is too long names the limit on size", () => {
    expect(() => load("a: 12345", { fileSize: 5 })).toThrow("fileSize");
  });

  it("that contains itself is refused", () => {
    expect(() => load("a: &a [*a]\n")).toThrow("inside its own anchor");
  });
});

describe("a text that is no YAML", () => {
  it.each(["a: {b: 1\nc: 2", "a: *nope", "a: !custom 1", "a: 1\n---\nb: 2", "\ta: 1"])(
    "%j is refused with a place",
    (text) => {
      expect(() => load(text)).toThrow(expect.objectContaining({ code: -1, file: "file.yaml" }));
    },
  );
});

describe("what to do about it is said of", () => {
  it.each([
    ["a colon in a value", "a: b: c", "in quotes"],
    ["a value that begins like something else", "a: @b", "in quotes"],
    ["a quote left open", "a: 'b\n", "close the quote"],
    ["a quote in quotes", "a: 'it's'", "check the quotes"],
    ["a bracket left open", "a: [b\nc: d", "close the bracket"],
    ["a tab", "a:\n\t- b\n", "spaces"],
    ["a key alone", "a: b\nc\n", "a colon"],
    ["a colon without a blank", "a:b\nc: d\n", "a blank after it"],
    ["a Windows path", 'a: "C:\\work"', "double the backslash"],
  ])("%s", (_, text, hint) => {
    expect(() => load(text)).toThrow(expect.objectContaining({ code: -1, hint: expect.stringContaining(hint) }));
  });
});

describe("a text that cannot be read", () => {
  it.each([
    ["with a zero byte", "a: 1\nb: \0\n", "it holds the character U+0000", 2, 4],
    ["with a control character in a comment", "# \u001b[2J\n", "it holds the character U+001B", 1, 3],
    ["in another encoding", "\ufffd\ufffdt\0o\0s\0", "it holds the character U+0000", 1, 4],
    ["of several documents", "a: 1\n---\nb: 2\n", "a second document begins here", 2, 1],
  ])("%s is refused at that place", (_, text, message, line, column) => {
    const refusal = { code: -1, message: expect.stringContaining(message), line, column };
    expect(() => load(text)).toThrow(expect.objectContaining(refusal));
  });

  it.each(["{a: ", "["])("that nests %j deeper than any stack is refused by the limit", (opening) => {
    expect(() => load(opening.repeat(100_000))).toThrow("the limit depth is 100");
  });
});
