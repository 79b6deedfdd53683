import { pythonJson } from "../../lib/python-json.ts";
import type { OutputStream } from "../io.ts";
import { blockWriter } from "./block-writer.ts";
import { type Column, pickColumns, shownBy } from "./column.ts";
import type { Output, OutputChoice } from "./output.ts";
import { csvLine, tsvLine } from "./separated.ts";
import type { TimeForm } from "./time-form.ts";

/** Comma- or tab-separated values, and the bare ids of `-o id`. */
export function delimitedOutput(stdout: OutputStream, choice: OutputChoice): Output {
  const { format, time } = choice;
  const shown = <Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] => {
    if (format === "id") return columns.slice(0, 1);
    return choice.columns ? pickColumns(columns, choice.columns) : columns;
  };
  const lineOf = (cells: readonly string[]): string =>
    format === "csv" ? csvLine(cells) : format === "tsv" ? tsvLine(cells) : cells.join(" ");
  const table = async (
    heads: readonly string[],
    rows: AsyncIterable<unknown[]> | Iterable<unknown[]>,
  ): Promise<void> => {
    const writer = blockWriter(stdout);
    if (choice.headers && format !== "id") await writer.write(`${lineOf(heads)}\n`);
    for await (const row of rows) await writer.write(`${lineOf(row.map(plainText))}\n`);
    await writer.flush();
  };

  return {
    format,
    time,
    async rows(source, options) {
      const columns = shown(options.columns);
      await table(
        columns.map(({ key }) => key),
        valuesOf(source, columns, time),
      );
    },
    async record(row, options) {
      const columns = shown(options.columns);
      await table(
        columns.map(({ key }) => key),
        [columns.map((column) => shownBy(column, time)(row))],
      );
    },
    rowTexts(all) {
      // `--columns` may be about other rows of the command than these.
      const known = new Set(all.map(({ key }) => key));
      const columns = choice.columns?.every((key) => known.has(key)) ? shown(all) : all;
      const values = columns.map((column) => shownBy(column, time));
      let heads = choice.headers ? `${lineOf(columns.map(({ key }) => key))}\n` : "";
      return (row) => {
        const text = `${heads}${lineOf(values.map((value) => plainText(value(row))))}\n`;
        heads = "";
        return text;
      };
    },
    details: (_title, values) => table(["key", "value"], Object.entries(values)),
    document: (value) => table(["value"], [[value]]),
    text: (write) => write(stdout),
    line: () => {},
    conclude: async () => {},
  };
}

async function* valuesOf<Row>(
  source: Iterable<Row> | AsyncIterable<Row>,
  columns: readonly Column<Row>[],
  time: TimeForm,
): AsyncGenerator<unknown[]> {
  const values = columns.map((column) => shownBy(column, time));
  for await (const row of source) yield values.map((value) => value(row));
}

/** A value as programs want it: times stay as they are, structures are JSON. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : pythonJson(value);
}
