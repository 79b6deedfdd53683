import { expect, it } from "vitest";
import { fits, pythonRegex } from "../../../../src/dsl/python/regex.ts";

it("a pattern is fitted or not", () => {
  expect(fits(/^a+$/, "aaa")).toBe(true);
  expect(fits(/^a+$/, "aab")).toBe(false);
});

it("a pattern that would take for ever is not fitted, and stops nobody", () => {
  const pattern = pythonRegex("(a+)+$", { anchored: true }) ?? /x/;
  expect(fits(pattern, `${"a".repeat(64)}!`)).toBe(false);
});
