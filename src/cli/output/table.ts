import { justifyColumns, type Look, type TextColumn } from "./justify.ts";
import type { Measure } from "./width.ts";

/** The lines of a `+---+` table, row by row: never one long string. */
export function* tableLines(columns: readonly TextColumn[], look: Look): Generator<string> {
  const { top, bottom } = tableInParts(columns, look);
  yield* top();
  yield bottom;
}

/**
 * A table whose rows come in parts: the first decides how wide the columns are.
 * Written here because a table library takes longer to load and to frame twenty rows than all else a list does.
 */
export function tableInParts(first: readonly TextColumn[], look: Look): TableParts {
  const columns = justifyColumns(first, look);
  const rule = `+${columns.map(({ width }) => "-".repeat(width + 2)).join("+")}+`;
  return {
    *top() {
      yield rule;
      if (look.heads) {
        yield* rowLines(
          columns.map(({ head }) => head),
          look.measure,
        );
        yield rule;
      }
      yield* bodyLines(columns, look.measure);
    },
    more(cells, measure) {
      const part = cells.map((column, at) => ({ ...column, width: columns[at]?.width }));
      return bodyLines(justifyColumns(part, { ...look, measure }), measure);
    },
    bottom: rule,
  };
}

interface TableParts {
  /** Down to the last row of the first part. */
  top(): Iterable<string>;
  /** The rows of a part that follows; what is wider than its column stands out. */
  more(columns: readonly TextColumn[], measure: Measure): Iterable<string>;
  readonly bottom: string;
}

function* bodyLines(columns: readonly TextColumn[], measure: Measure): Generator<string> {
  const rows = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < rows; row++) {
    yield* rowLines(
      columns.map(({ cells }) => cells[row] ?? ""),
      measure,
    );
  }
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
