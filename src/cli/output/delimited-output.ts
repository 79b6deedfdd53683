import type { OutputStream } from "../io.ts";
import { type Column, pickColumns, valueIn } from "./column.ts";
import { jsonLine } from "./json.ts";
import type { Output, OutputChoice } from "./output.ts";
import { csvLine, tsvLine } from "./separated.ts";

/** Comma- or tab-separated values, and the bare ids of `-o id`. */
export function delimitedOutput(stdout: OutputStream, choice: OutputChoice): Output {
  const { format } = choice;
  const shown = <Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] => {
    if (format === "id") return columns.slice(0, 1);
    return choice.columns ? pickColumns(columns, choice.columns) : columns;
  };
  const lineOf = (cells: readonly string[]): string =>
    format === "csv" ? csvLine(cells) : format === "tsv" ? tsvLine(cells) : cells.join(" ");
  const write = (cells: readonly string[]): void => stdout.write(`${lineOf(cells)}\n`);
  const heads = (keys: readonly string[]): void => {
    if (choice.headers && format !== "id") write(keys);
  };

  return {
    format,
    async rows(source, options) {
      const columns = shown(options.columns);
      heads(columns.map(({ key }) => key));
      for await (const row of source) {
        write(columns.map((column) => plainText(valueIn(row, column))));
        await stdout.drained();
      }
    },
    async record(row, options) {
      const columns = shown(options.columns);
      heads(columns.map(({ key }) => key));
      write(columns.map((column) => plainText(valueIn(row, column))));
    },
    async details(_title, values) {
      heads(["key", "value"]);
      for (const [key, value] of Object.entries(values)) write([key, plainText(value)]);
    },
    async document(value) {
      write([plainText(value)]);
    },
    line: () => {},
  };
}

/** A value as programs want it: times stay as they are, structures are JSON. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : jsonLine(value);
}
