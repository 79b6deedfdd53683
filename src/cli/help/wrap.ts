/** Breaks a text into lines of at most so many columns; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Names on the left, meanings beside them, or beneath where the name is long. */
export function definitions(rows: readonly (readonly [name: string, meaning: string])[], width: number): string {
  const names = Math.max(0, ...rows.map(([name]) => name.length)) + 4;
  const indent = Math.min(names, 34, Math.floor(width * 0.425));
  const lines = rows.flatMap(([name, meaning]) => {
    const [first = "", ...more] = wrap(meaning, Math.max(20, width - indent));
    const start = `  ${name}`;
    const opening = start.length + 2 <= indent ? [start.padEnd(indent) + first] : [start, " ".repeat(indent) + first];
    return [...opening, ...more.map((line) => " ".repeat(indent) + line)];
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** Paragraphs, a blank line between them. */
export const prose = (paragraphs: readonly string[], width: number): string =>
  paragraphs.map((paragraph) => `${wrap(paragraph, width).join("\n")}\n`).join("\n");
