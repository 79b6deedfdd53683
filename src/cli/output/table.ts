import { justifyColumns, type Look, type TextColumn } from "./justify.ts";
import type { Measure } from "./width.ts";

/**
 * The lines of a `+---+` table, row by row: never one long string.
 * Written here because a table library takes longer to load and to frame twenty rows than all else a list does.
 */
export function* tableLines(unjustified: readonly TextColumn[], look: Look): Generator<string> {
  const { heads, measure } = look;
  const columns = justifyColumns(unjustified, look);
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
  if (!cells.some((cell) => cell.includes("\n"))) {
    yield `| ${cells.join(" | ")} |`;
    return;
  }
  const lines = cells.map((cell) => cell.split("\n"));
  const height = Math.max(...lines.map(({ length }) => length));
  const blanks = lines.map(([first = ""]) => " ".repeat(measure(first)));
  for (let line = 0; line < height; line++) {
    yield `| ${lines.map((own, column) => own[line] ?? blanks[column]).join(" | ")} |`;
  }
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
