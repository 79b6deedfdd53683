import { cutTo, displayWidth } from "./width.ts";

/** No column that may be cut becomes narrower than this, or than its head. */
const LEAST = 8;
/** `| ` before a column and the blank after it. */
const FRAME = 3;

export interface TableColumn {
  head: string;
  /** Never cut: an id that is cut cannot be used. */
  whole: boolean;
  /** The lower, the sooner it is left out where even cut columns have no room. */
  priority: number;
  cells: readonly string[];
}

/** The columns that a terminal of so many columns has room for, the long ones cut; and the heads of those left out. */
export function fitToWidth(columns: readonly TableColumn[], width: number): { shown: TableColumn[]; hidden: string[] } {
  const shown = [...columns];
  const hidden: string[] = [];
  while (shown.length > 1 && frameWidth(shown.map(leastWidth)) > width) {
    const [left] = shown.splice(leastWanted(shown), 1);
    if (left) hidden.push(left.head);
  }
  const widths = shrink(shown, width);
  const cut = shown.map((column, index) =>
    column.whole ? column : { ...column, cells: column.cells.map((cell) => cutLines(cell, widths[index] ?? 0)) },
  );
  return { shown: cut, hidden };
}

const frameWidth = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + FRAME, 1);

const lineWidth = (text: string): number => Math.max(...text.split("\n").map(displayWidth));

const naturalWidth = ({ head, cells }: TableColumn): number =>
  cells.reduce((widest, cell) => Math.max(widest, lineWidth(cell)), displayWidth(head));

function leastWidth(column: TableColumn): number {
  const natural = naturalWidth(column);
  return column.whole ? natural : Math.min(natural, Math.max(LEAST, displayWidth(column.head)));
}

/** Of the least important ones the last; empty columns before all others. The first column stays. */
function leastWanted(columns: readonly TableColumn[]): number {
  const rank = ({ priority, cells }: TableColumn): number => (cells.every((cell) => cell === "") ? -100 : priority);
  let found = columns.length - 1;
  for (let index = found - 1; index > 0; index--) {
    const candidate = columns[index];
    const worst = columns[found];
    if (candidate && worst && rank(candidate) < rank(worst)) found = index;
  }
  return found;
}

/** Takes columns away from the widest until all fit. */
function shrink(columns: readonly TableColumn[], width: number): number[] {
  const widths = columns.map(naturalWidth);
  const least = columns.map(leastWidth);
  for (let excess = frameWidth(widths) - width; excess > 0; excess--) {
    let widest = -1;
    for (const [index, own] of widths.entries()) {
      if (own > (least[index] ?? own) && own > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

const cutLines = (text: string, width: number): string =>
  text
    .split("\n")
    .map((line) => cutTo(line, width))
    .join("\n");
