import Table from "cli-table3";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { justifyColumns, type Look, type TextColumn } from "../../../../src/cli/output/justify.ts";
import { tableLines } from "../../../../src/cli/output/table.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "-", "é", "部", "署", "\n"), maxLength: 12 });
const columnsOf = (rows: number) =>
  fc.array(fc.record({ head: text, cells: fc.array(text, { minLength: rows, maxLength: rows }) }), {
    minLength: 1,
    maxLength: 5,
  });

/** The frame of the original, in cli-table3's words for its parts. */
const FRAME = {
  ...{ top: "-", "top-left": "+", "top-mid": "+", "top-right": "+" },
  ...{ mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  ...{ left: "|", middle: "|", right: "|" },
  ...{ bottom: "-", "bottom-left": "+", "bottom-mid": "+", "bottom-right": "+" },
};

function framedByLibrary(columns: TextColumn[], look: Look): string[] {
  const justified = justifyColumns(columns, look);
  const rows = (justified[0]?.cells ?? []).map((_, row) => justified.map(({ cells }) => cells[row] ?? ""));
  const framed = (rows: string[][]): string[] => {
    const table = new Table({ chars: FRAME, style: { head: [], border: [] } });
    table.push(...rows);
    return table.toString().split("\n");
  };
  const [rule = "", ...heads] = framed([justified.map(({ head }) => head)]).slice(0, -1);
  const body = rows.length > 0 ? framed(rows) : [rule, rule];
  return look.heads ? [rule, ...heads, ...body] : body;
}

describe("a table", () => {
  it("is framed as a table library frames it", () => {
    const tables = fc.nat(6).chain(columnsOf);
    const alignment = fc.constantFrom("left" as const, "center" as const);
    fc.assert(
      fc.property(tables, fc.boolean(), alignment, (columns, heads, align) => {
        const look = { heads, align, measure: stringWidth };
        expect([...tableLines(columns, look)]).toEqual(framedByLibrary(columns, look));
      }),
    );
  });

  it("of a thousand rows has the frame of a small one", () => {
    const look = { heads: true, align: "center" as const, measure: stringWidth };
    const table = (rows: number) => [
      ...tableLines([{ head: "id", cells: Array.from({ length: rows }, () => "app") }], look),
    ];
    expect(table(1000).slice(0, 4)).toEqual(table(2).slice(0, 4));
    expect(table(1000)).toHaveLength(1004);
  });
});
