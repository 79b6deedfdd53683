import type { Measure } from "./width.ts";

export interface TextColumn {
  head: string;
  cells: readonly string[];
  /** Decided already, as by the rows before these; a text that is wider stands out. */
  width?: number | undefined;
}

export interface Look {
  /** Whether the heads are shown. */
  heads: boolean;
  align: "left" | "center";
  measure: Measure;
}

/** The columns with every line of every text filled up to the width of its column. */
export function justifyColumns(columns: readonly TextColumn[], look: Look): (TextColumn & { width: number })[] {
  return columns.map(({ head, cells, width = widestLine(look.heads ? [head, ...cells] : cells, look.measure) }) => {
    const fill = (text: string): string =>
      text.includes("\n")
        ? text
            .split("\n")
            .map((line) => fillLine(line, width, look))
            .join("\n")
        : fillLine(text, width, look);
    return { head: look.heads ? fill(head) : " ".repeat(width), cells: cells.map(fill), width };
  });
}

function fillLine(text: string, width: number, { align, measure }: Look): string {
  const own = measure(text);
  const spare = Math.max(0, width - own);
  // Where the blanks do not halve, an odd text stands left of the middle and an even one right of it.
  const before = align === "left" ? 0 : own % 2 === 1 ? Math.floor(spare / 2) : Math.ceil(spare / 2);
  return " ".repeat(before) + text + " ".repeat(spare - before);
}

function widestLine(texts: readonly string[], measure: Measure): number {
  let widest = 0;
  for (const text of texts) {
    if (!text.includes("\n")) widest = Math.max(widest, measure(text));
    else for (const line of text.split("\n")) widest = Math.max(widest, measure(line));
  }
  return widest;
}
