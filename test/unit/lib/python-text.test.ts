import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pythonRepr, pythonStr, pythonTypeName } from "../../../src/lib/python-text.ts";

interface Shown {
  str: string;
  repr: string;
  type: string;
}

/** What python3 itself makes of the same values. */
const shownByPython = (values: readonly unknown[]): Shown[] =>
  JSON.parse(
    execFileSync(
      "python3",
      [
        "-c",
        "import json, sys; print(json.dumps([{'str': str(v), 'repr': repr(v), 'type': type(v).__name__} for v in json.load(sys.stdin)]))",
      ],
      { input: JSON.stringify(values), encoding: "utf8" },
    ),
  );

it("shows every value as Python's str, repr and type do", () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string(),
      fc.constantFrom("", "it's", '"', `'"`, "a\nb\r\t", "\\", "\u0000\u001f\u007f\u0080\u00a0", "é", "😀"),
      fc.integer(),
      fc.constantFrom(0.5, -1.25, true, false, null),
      fc.array(tie("value")),
      // Python keeps the order of keys that look like numbers, JavaScript does not.
      fc.dictionary(fc.stringMatching(/^[a-z'"]{0,5}$/), tie("value")),
    ),
  }));
  const values = fc.sample(value, 300);
  const shown = values.map(
    (each): Shown => ({ str: pythonStr(each), repr: pythonRepr(each), type: pythonTypeName(each) }),
  );
  expect(shown).toEqual(shownByPython(values));
});

it("takes what is not there for None", () => {
  expect([pythonStr(undefined), pythonTypeName(undefined)]).toEqual(["None", "NoneType"]);
});
