import { cutTo, displayWidth } from "./width.ts";

/** No column that may be cut becomes narrower than this, or than its head. */
const LEAST = 8;
const FRAME_PER_COLUMN = 3;

/**
 * Cuts the longest texts until the table fits the terminal. Columns marked whole keep every character:
 * an id that is cut cannot be used.
 */
export function fitToWidth(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  whole: readonly boolean[],
  width: number,
): (readonly string[])[] {
  const widths = heads.map((head, column) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[column] ?? "")), displayWidth(head)),
  );
  const least = heads.map((head, column) => (whole[column] ? Infinity : Math.max(LEAST, displayWidth(head))));
  let excess = widths.reduce((sum, own) => sum + own + FRAME_PER_COLUMN, 1) - width;
  while (excess > 0) {
    const widest = widestAbove(widths, least);
    if (widest === undefined) break;
    const own = widths[widest] ?? 0;
    const next = secondWidest(widths, least, own);
    const cut = Math.min(excess, own - Math.max(next, least[widest] ?? own)) || 1;
    widths[widest] = own - cut;
    excess -= cut;
  }
  return rows.map((row) => row.map((cell, column) => (whole[column] ? cell : cutTo(cell, widths[column] ?? 0))));
}

function widestAbove(widths: readonly number[], least: readonly number[]): number | undefined {
  let found: number | undefined;
  for (const [column, width] of widths.entries()) {
    if (width > (least[column] ?? 0) && (found === undefined || width > (widths[found] ?? 0))) found = column;
  }
  return found;
}

function secondWidest(widths: readonly number[], least: readonly number[], below: number): number {
  return widths.reduce(
    (second, width, column) => (width < below && width > (least[column] ?? 0) ? Math.max(second, width) : second),
    0,
  );
}
