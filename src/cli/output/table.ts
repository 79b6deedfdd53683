import type { Measure } from "./width.ts";

export type Align = "left" | "center";

/** Frames columns of texts as a `+---+` table, line by line: a long one is never one long string. */
export function* tableLines(
  columns: readonly { head: string; cells: readonly string[] }[],
  { heads, align, measure }: { heads: boolean; align: Align; measure: Measure },
): Generator<string> {
  const widths = columns.map(({ head, cells }) => widestLine(heads ? [head, ...cells] : cells, measure));
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  yield rule;
  if (heads) {
    yield* rowLines(columns.map(({ head }) => head));
    yield rule;
  }
  const rows = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < rows; row++) yield* rowLines(columns.map(({ cells }) => cells[row] ?? ""));
  yield rule;

  function* rowLines(cells: readonly string[]): Generator<string> {
    const lines = cells.map((cell) => cell.split("\n"));
    const height = Math.max(...lines.map(({ length }) => length));
    for (let line = 0; line < height; line++) {
      const texts = lines.map((own, column) => justify(own[line] ?? "", widths[column] ?? 0));
      yield `| ${texts.join(" | ")} |`;
    }
  }

  function justify(text: string, width: number): string {
    const own = measure(text);
    const spare = Math.max(0, width - own);
    // Where the blanks do not halve, an odd text stands left of the middle and an even one right of it.
    const before = align === "left" ? 0 : own % 2 === 1 ? Math.floor(spare / 2) : Math.ceil(spare / 2);
    return " ".repeat(before) + text + " ".repeat(spare - before);
  }
}

function widestLine(cells: readonly string[], measure: Measure): number {
  let widest = 0;
  for (const cell of cells) for (const line of cell.split("\n")) widest = Math.max(widest, measure(line));
  return widest;
}
