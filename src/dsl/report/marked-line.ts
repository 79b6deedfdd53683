import { visible } from "./visible.ts";

/** Columns that a text takes where it is shown. */
export type Measure = (text: string) => number;

export interface MarkedLine {
  text: string;
  /** As long as the text up to the end of what is wrong: blanks, then carets. */
  marker: string;
}

export interface MarkOptions {
  measure: Measure;
  /** Columns that there are for the line; a longer one is cut on both sides of the place. */
  width: number;
}

const CUT = "…";

/** A line with its word at the column (from 1, in UTF-16 units as the line is) marked. */
export function markLine(line: string, column: number, options: MarkOptions): MarkedLine {
  const { measure } = options;
  const width = options.width - 2 * CUT.length;
  const at = Math.min(column - 1, line.length);
  // More than can be shown is not looked at: the line may have megabytes.
  const wholeBefore = visible(line.slice(Math.max(0, at - width), at));
  const wholeAfter = visible(line.slice(at, at + width));
  const room = width - measure(lastColumns(wholeBefore, Math.floor(width / 2), measure));
  const after = firstColumns(wholeAfter, room, measure);
  const before = lastColumns(wholeBefore, width - measure(after), measure);
  const cutBefore = at > width || before !== wholeBefore ? CUT : "";
  const cutAfter = line.length > at + width || after !== wholeAfter ? CUT : "";
  const word = firstColumns(visible(wordAt(line.slice(at, at + width))), measure(after), measure);
  return {
    text: `${cutBefore}${before}${after}${cutAfter}`,
    marker: `${" ".repeat(measure(cutBefore + before))}${"^".repeat(Math.max(1, measure(word)))}`,
  };
}

/** The word at the start, or what its quotes hold on this line. */
const wordAt = (rest: string): string =>
  /^(?:"[^"]*"?|'[^']*'?|[^\s,:{}[\]#]+(?::[^\s,{}[\]#]+)*)/.exec(rest)?.[0] ?? "";

function firstColumns(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const kept: string[] = [];
  let used = 0;
  for (const character of characters(text)) {
    used += measure(character);
    if (used > width) break;
    kept.push(character);
  }
  return kept.join("");
}

function lastColumns(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const kept: string[] = [];
  let used = 0;
  for (const character of characters(text).reverse()) {
    used += measure(character);
    if (used > width) break;
    kept.push(character);
  }
  return kept.reverse().join("");
}

/** As a reader counts them: marks stay with their letters. */
const characters = (text: string): string[] =>
  /^[ -~]*$/.test(text) ? text.split("") : Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
