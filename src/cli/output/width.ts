import stringWidth from "string-width";

const PLAIN = /^[\x20-\x7e]*$/;

/** Columns that a text takes on a terminal: wide characters take two, colours none. */
export const displayWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

/** The text cut to so many columns, the last of them an ellipsis where something is left out. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const wide = displayWidth(segment);
    if (used + wide > width - 1) break;
    kept += segment;
    used += wide;
  }
  return `${kept}…`;
}
