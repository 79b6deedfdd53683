/** Columns that a text takes on a terminal: wide characters take two, combining ones none. */
export type Measure = (text: string) => number;

/** Printable ASCII, and the ellipsis of what is cut here: a column each. */
const PLAIN = /^[\x20-\x7e\n…]*$/;

/** The measure for these texts. The library that knows the wide characters takes long to load and is seldom needed. */
export async function measureFor(columns: readonly { cells: readonly string[] }[]): Promise<Measure> {
  if (columns.every(({ cells }) => cells.every((cell) => PLAIN.test(cell)))) return ({ length }) => length;
  return await anyMeasure();
}

/** The measure for any text. */
export async function anyMeasure(): Promise<Measure> {
  const { default: stringWidth } = await import("string-width");
  return (text) => (PLAIN.test(text) ? text.length : stringWidth(text));
}

/** The text cut to so many columns, the last of them an ellipsis where something is left out. */
export function cutTo(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const wide = measure(segment);
    if (used + wide > width - 1) break;
    kept += segment;
    used += wide;
  }
  return `${kept}…`;
}
