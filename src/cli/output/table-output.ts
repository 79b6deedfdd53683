import type { OutputStream } from "../io.ts";
import { blockWriter } from "./block-writer.ts";
import { cellText } from "./cell.ts";
import { type Column, isWhole, pickColumns, priorityOf, shownIn } from "./column.ts";
import { detailsText, sectionsText } from "./details.ts";
import { fitToWidth, type TableColumn } from "./fit.ts";
import type { Look } from "./justify.ts";
import type { Output, OutputChoice } from "./output.ts";
import { tableLines } from "./table.ts";
import { type Measure, measureFor } from "./width.ts";

/** Tables and lines for people. */
export function tableOutput(stdout: OutputStream, choice: OutputChoice, notice: (text: string) => void): Output {
  const { time } = choice;
  const textIn = <Row>(row: Row, column: Column<Row>): string =>
    column.shown ? column.shown(row) : cellText(shownIn(row, column, time));
  const shown = <Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] => {
    if (choice.columns) return pickColumns(columns, choice.columns);
    return choice.extended ? columns : columns.filter(({ extended }) => !extended);
  };

  const title = (text: string): void => {
    if (choice.headers) stdout.write(`\n${text}\n`);
  };

  const frame = async (
    columns: readonly TableColumn[],
    measure: Measure,
    align: Look["align"] = "center",
  ): Promise<void> => {
    const writer = blockWriter(stdout);
    const look = { heads: choice.headers, align, measure };
    for (const line of tableLines(columns, look)) {
      const full = writer.write(`${line}\n`);
      if (full) await full;
    }
    if (choice.headers) await writer.write("\n");
    await writer.flush();
  };

  const table = async <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Promise<void> => {
    const all = columns.map((column) => ({
      head: column.key,
      whole: isWhole(column),
      priority: priorityOf(column),
      cells: rows.map((row) => textIn(row, column)),
    }));
    const measure = await measureFor(all);
    const fitted = stdout.width === undefined ? { shown: all, hidden: [] } : fitToWidth(all, stdout.width, measure);
    await frame(fitted.shown, measure);
    if (fitted.hidden.length > 0) {
      notice(`Not shown for lack of room: ${fitted.hidden.join(", ")} (-x shows every field, --columns chooses)`);
    }
  };

  const block = async <Row>(row: Row, columns: readonly Column<Row>[]): Promise<void> => {
    const side = (head: string, cells: string[]): TableColumn => ({ head, cells, whole: true, priority: 0 });
    const fields = side(
      "Field",
      columns.map(({ key }) => key),
    );
    const values = side(
      "Value",
      columns.map((column) => textIn(row, column)),
    );
    await frame([fields, values], await measureFor([values]), "left");
  };

  return {
    format: choice.format,
    time,
    async rows(source, options) {
      const rows = [];
      for await (const row of source) rows.push(row);
      const columns = shown(options.columns);
      if (!choice.extended) {
        title(options.title);
        await table(rows, columns);
        return;
      }
      if (rows.length === 0) title(`${options.title} [NO RECORDS]`);
      for (const [index, row] of rows.entries()) {
        title(`${options.title} [RECORD ${index + 1}]`);
        await block(row, columns);
      }
    },
    async record(row, { title: heading, columns, sections = [] }) {
      title(heading);
      if (choice.extended) await block(row, shown(columns));
      else await table([row], shown(columns));
      if (!choice.columns) stdout.write(sectionsText(sections, time));
    },
    async details(heading, values) {
      title(heading);
      stdout.write(detailsText(values, time));
    },
    async document(_value, inText) {
      stdout.write(inText());
    },
    text: (write) => write(stdout),
    line: (text) => stdout.write(`${text}\n`),
  };
}
