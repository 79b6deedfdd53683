import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pythonJson } from "../../../src/lib/python-json.ts";

/** What python3 itself makes of the same values. */
const dumpedByPython = (values: readonly unknown[]): string[] =>
  JSON.parse(
    execFileSync(
      "python3",
      ["-c", "import json, sys; print(json.dumps([json.dumps(v) for v in json.load(sys.stdin)]))"],
      {
        input: JSON.stringify(values),
        encoding: "utf8",
      },
    ),
  );

it("writes every value as Python's json.dumps does", () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "a\nb", "[\n ]", "{", "\u007f", "é", "😀", '"\\', ", ", ": "),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value")),
      fc.dictionary(fc.string(), tie("value")),
    ),
  }));
  const values = fc.sample(value, 300);
  expect(values.map(pythonJson)).toEqual(dumpedByPython(values));
});

it("writes nothing as null, and leaves out fields that have no value", () => {
  expect(pythonJson(undefined)).toBe("null");
  expect(pythonJson({ a: undefined, b: [undefined] })).toBe('{"b": [null]}');
});
