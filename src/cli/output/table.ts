import { displayWidth } from "./width.ts";

export type Align = "left" | "center";

/** Frames rows of texts as `+---+` tables, line by line, so that a long table needs no memory beyond its cells. */
export function* tableLines(
  heads: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  align: Align = "center",
): Generator<string> {
  const all = heads ? [heads, ...rows] : rows;
  const widths = columnWidths(all);
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  yield rule;
  if (heads) {
    yield* rowLines(heads, widths, align);
    yield rule;
  }
  for (const row of rows) yield* rowLines(row, widths, align);
  yield rule;
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      for (const line of cell.split("\n")) widths[column] = Math.max(widths[column] ?? 0, displayWidth(line));
    }
  }
  return widths;
}

function* rowLines(row: readonly string[], widths: readonly number[], align: Align): Generator<string> {
  const cells = row.map((cell) => cell.split("\n"));
  const height = Math.max(...cells.map((lines) => lines.length));
  for (let line = 0; line < height; line++) {
    const texts = cells.map((lines, column) => justify(lines[line] ?? "", widths[column] ?? 0, align));
    yield `| ${texts.join(" | ")} |`;
  }
}

function justify(text: string, width: number, align: Align): string {
  const own = displayWidth(text);
  const spare = Math.max(0, width - own);
  // Where the blank does not halve, an odd text stands left of the middle and an even one right of it.
  const before = align === "left" ? 0 : own % 2 === 1 ? Math.floor(spare / 2) : Math.ceil(spare / 2);
  return " ".repeat(before) + text + " ".repeat(spare - before);
}
