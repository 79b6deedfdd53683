import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { justifyColumns } from "../../../../src/cli/output/justify.ts";
import { shortTable } from "../../../../src/cli/output/short-table.ts";
import { longTable, tableLines } from "../../../../src/cli/output/table.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "-", "é", "部", "署", "\n"), maxLength: 12 });
const columnsOf = (rows: number) =>
  fc.array(fc.record({ head: text, cells: fc.array(text, { minLength: rows, maxLength: rows }) }), {
    minLength: 1,
    maxLength: 5,
  });

describe("a table", () => {
  it("looks the same whether it is framed in one pass or by cli-table3", () => {
    const tables = fc.nat(6).chain(columnsOf);
    fc.assert(
      fc.property(
        tables,
        fc.boolean(),
        fc.constantFrom("left" as const, "center" as const),
        (columns, heads, align) => {
          const look = { heads, align, measure: stringWidth };
          const justified = justifyColumns(columns, look);
          expect(shortTable(justified, look)).toEqual([...longTable(justified, look)]);
        },
      ),
    );
  });

  it("of a thousand rows has the frame of a small one", async () => {
    const look = { heads: true, align: "center" as const, measure: stringWidth };
    const table = async (rows: number) => [
      ...(await tableLines([{ head: "id", cells: Array.from({ length: rows }, () => "app") }], look)),
    ];
    expect((await table(1000)).slice(0, 4)).toEqual((await table(2)).slice(0, 4));
    expect(await table(1000)).toHaveLength(1004);
  });
});
