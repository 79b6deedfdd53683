import { justifyColumns, type Look, type TextColumn } from "./justify.ts";
import type { Measure } from "./width.ts";

/** A frame takes cli-table3 a fifth of a millisecond for each row; longer tables than this are framed in one pass. */
const SHORT_TABLE = 100;

/** The lines of a `+---+` table. The same look for any number of rows, and never one long string. */
export async function tableLines(columns: readonly TextColumn[], look: Look): Promise<Iterable<string>> {
  const justified = justifyColumns(columns, look);
  const rows = justified[0]?.cells.length ?? 0;
  if (rows > SHORT_TABLE) return longTable(justified, look);
  const { shortTable } = await import("./short-table.ts");
  return shortTable(justified, look);
}

/** Frames columns whose texts are all justified, row by row. */
export function* longTable(columns: readonly TextColumn[], { heads, measure }: Look): Generator<string> {
  const rule = `+${columns.map(({ head }) => "-".repeat(measure(firstLine(head)) + 2)).join("+")}+`;
  yield rule;
  if (heads) {
    yield* rowLines(
      columns.map(({ head }) => head),
      measure,
    );
    yield rule;
  }
  const rows = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < rows; row++) {
    yield* rowLines(
      columns.map(({ cells }) => cells[row] ?? ""),
      measure,
    );
  }
  yield rule;
}

/** A cell of several lines makes its row as high; the cells beside it are filled up with blanks. */
function* rowLines(cells: readonly string[], measure: Measure): Generator<string> {
  const lines = cells.map((cell) => cell.split("\n"));
  const height = Math.max(...lines.map(({ length }) => length));
  const blanks = lines.map(([first = ""]) => " ".repeat(measure(first)));
  for (let line = 0; line < height; line++) {
    yield `| ${lines.map((own, column) => own[line] ?? blanks[column]).join(" | ")} |`;
  }
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
