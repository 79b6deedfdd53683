import { cutTo, type Measure } from "./width.ts";

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

interface Fitted {
  shown: TableColumn[];
  /** Of those that are shown, by head. */
  widths: ReadonlyMap<string, number>;
  hidden: string[];
}

interface Measured {
  column: TableColumn;
  /** Of the widest line. */
  natural: number;
  /** What it gets. */
  width: number;
  least: number;
  /** As priority, with empty columns below all others. */
  rank: number;
}

/** The columns that a terminal of so many columns has room for, the long ones cut; and the heads of those left out. */
export function fitToWidth(columns: readonly TableColumn[], width: number, measure: Measure): Fitted {
  const all = columns.map((column) => measured(column, measure));
  const fits = (some: readonly Measured[]): boolean => frameWidth(some.map(({ least }) => least)) <= width;
  let left = [...all];
  let out: Measured[] = [];
  while (left.length > 1 && !fits(left)) out.push(...left.splice(leastWanted(left), 1));
  // A wide column that went last may have left room for a narrow one that went before it.
  for (const back of out.toReversed()) {
    const wider = all.filter((one) => one === back || left.includes(one));
    if (fits(wider)) left = wider;
  }
  out = out.filter((one) => !left.includes(one));
  shrink(left, width);
  return {
    shown: left.map(({ column, width, natural }) => (width < natural ? cutColumn(column, width, measure) : column)),
    widths: new Map(left.map(({ column, width }) => [column.head, width])),
    hidden: out.map(({ column }) => column.head),
  };
}

/** Whether a terminal of so many columns has room for all of it, uncut. */
export const fitsWhole = (columns: readonly TableColumn[], width: number, measure: Measure): boolean =>
  frameWidth(columns.map((column) => measured(column, measure).natural)) <= width;

function measured(column: TableColumn, measure: Measure): Measured {
  const head = measure(column.head);
  let width = head;
  for (const cell of column.cells) {
    if (!cell.includes("\n")) width = Math.max(width, measure(cell));
    else for (const line of cell.split("\n")) width = Math.max(width, measure(line));
  }
  return {
    column,
    natural: width,
    width,
    least: column.whole ? width : Math.min(width, Math.max(LEAST, head)),
    rank: column.cells.every((cell) => cell === "") ? Number.NEGATIVE_INFINITY : column.priority,
  };
}

const frameWidth = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + FRAME, 1);

/** Of the least important ones the last. The first column stays. */
function leastWanted(columns: readonly Measured[]): number {
  let found = columns.length - 1;
  for (let index = found - 1; index > 0; index--) {
    if ((columns[index]?.rank ?? 0) < (columns[found]?.rank ?? 0)) found = index;
  }
  return found;
}

/** Narrows the widest, step by step, until all fit. */
function shrink(columns: readonly Measured[], width: number): void {
  for (let excess = frameWidth(columns.map((column) => column.width)) - width; excess > 0; excess--) {
    let widest: Measured | undefined;
    for (const column of columns) {
      if (column.width > column.least && column.width > (widest?.width ?? 0)) widest = column;
    }
    if (!widest) return;
    widest.width -= 1;
  }
}

/** The column with its texts cut to a width, unless it must stay whole. */
export function cutColumn(column: TableColumn, width: number, measure: Measure): TableColumn {
  if (column.whole) return column;
  const cut = (cell: string): string =>
    cell
      .split("\n")
      .map((line) => cutTo(line, width, measure))
      .join("\n");
  return { ...column, cells: column.cells.map(cut) };
}
