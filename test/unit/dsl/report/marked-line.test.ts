import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { markLine } from "../../../../src/dsl/report/marked-line.ts";

const mark = (line: string, column: number, width = 80) => markLine(line, column, { measure: stringWidth, width });

describe("a marked line", () => {
  it.each([
    ["a word", "  type: app", 9, "  type: app", "        ^^^"],
    ["what stands in quotes", 'a: "b c", d', 4, 'a: "b c", d', "   ^^^^^"],
    ["a sign", "a: {", 4, "a: {", "   ^"],
    ["the end", "a:", 3, "a:", "  ^"],
    ["a place beyond the end", "a:", 9, "a:", "  ^"],
    ["what stands behind tabs", "\ta:\tb", 5, "    a:    b", "          ^"],
    ["what stands behind wide characters", "日本: b", 5, "日本: b", "      ^"],
    ["a wide word", "a: 日本", 4, "a: 日本", "   ^^^^"],
    ["what stands behind marks of their own width", "e\u0301: b", 5, "e\u0301: b", "   ^"],
  ])("has %s marked", (_, line, column, text, marker) => {
    expect(mark(line, column)).toEqual({ text, marker });
  });

  it("is cut on both sides of the place when it is long", () => {
    const { text, marker } = mark(`${"a".repeat(500)} wrong ${"b".repeat(500)}`, 502, 40);
    expect(stringWidth(text)).toBeLessThanOrEqual(40);
    expect(text).toMatch(/^…a+ wrong b+…$/);
    expect(text.slice(marker.indexOf("^"), marker.length)).toBe("wrong");
  });

  it("is cut at the end only when the place is near the start", () => {
    expect(mark(`x: ${"b".repeat(500)}`, 1, 20).text).toMatch(/^x: b+…$/);
  });

  it("cuts wide characters whole", () => {
    const { text } = mark("日".repeat(200), 100, 31);
    expect(stringWidth(text)).toBeLessThanOrEqual(31);
    expect(text).toMatch(/^…日+…$/);
  });

  it("does nothing to a terminal", () => {
    const { text } = mark("a\u001b[2J\u0007: \u202eb\u009b", 1);
    expect(text).toBe("a␛[2J␇: \ufffdb\ufffd");
  });

  it("fits, and its carets stand under it, whatever the line holds", () => {
    const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(
        anything,
        fc.integer({ min: 1, max: 320 }),
        fc.integer({ min: 20, max: 200 }),
        (line, column, width) => {
          const { text, marker } = mark(line, column, width);
          expect(stringWidth(text)).toBeLessThanOrEqual(width);
          expect(marker).toMatch(/^ *\^+$/);
          expect(marker.length).toBeLessThanOrEqual(Math.max(1, stringWidth(text) + 1));
        },
      ),
    );
  });
});
