/** What a spreadsheet would run as a formula; a leading quote keeps it text. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

const defused = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** One line of comma-separated values, quoted as RFC 4180 says. */
export const csvLine = (cells: readonly string[]): string =>
  cells
    .map(defused)
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(",");

/** One line of tab-separated values; tabs and line ends inside a value become blanks. */
export const tsvLine = (cells: readonly string[]): string =>
  cells
    .map(defused)
    .map((text) => text.replace(/[\t\r\n]+/g, " "))
    .join("\t");
