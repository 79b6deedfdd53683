import type { OutputStream } from "../io.ts";
import { cellText } from "./cell.ts";
import { type Column, isWhole, pickColumns, priorityOf, shownBy } from "./column.ts";
import { detailsText, sectionsText } from "./details.ts";
import { fitsWhole, type TableColumn } from "./fit.ts";
import type { Output, OutputChoice } from "./output.ts";
import { writeRowTable } from "./row-table.ts";
import { tableLines } from "./table.ts";
import { measureFor } from "./width.ts";

/** Tables and lines for people. */
export function tableOutput(stdout: OutputStream, choice: OutputChoice, notice: (text: string) => void): Output {
  const { time } = choice;
  const textBy = <Row>(column: Column<Row>): ((row: Row) => string) => {
    if (column.shown) return column.shown;
    const value = shownBy(column, time);
    return (row) => cellText(value(row));
  };
  const shown = <Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] => {
    if (choice.columns) return pickColumns(columns, choice.columns);
    return choice.extended || choice.wide ? columns : columns.filter(({ extended }) => !extended);
  };

  const title = (text: string): void => {
    if (choice.headers) stdout.write(`\n${text}\n`);
  };

  const columnsOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): TableColumn[] =>
    columns.map((column) => ({
      head: column.key,
      whole: isWhole(column),
      priority: priorityOf(column),
      cells: rows.map(textBy(column)),
    }));

  const table = async <Row>(
    title: string,
    rows: Iterable<Row> | AsyncIterable<Row>,
    columns: readonly Column<Row>[],
  ): Promise<void> => {
    const hidden = await writeRowTable(stdout, rows, {
      title,
      heads: choice.headers,
      width: choice.wide ? undefined : stdout.width,
      columnsOf: (rows) => columnsOf(columns, rows),
    });
    if (hidden.length > 0) {
      const { wrap } = await import("../help/wrap.ts");
      const missing = `Not shown for lack of room: ${hidden.join(", ")} (--wide and -x show every field, --columns chooses)`;
      notice(wrap(missing, stdout.width ?? missing.length).join("\n"));
    }
  };

  const fits = async (columns: readonly TableColumn[]): Promise<boolean> =>
    choice.wide || stdout.width === undefined || fitsWhole(columns, stdout.width, await measureFor(columns));

  /** Of one thing all is wanted, and whole: where a frame has no room for it, a line tells each field. */
  const lines = <Row>(row: Row, columns: readonly Column<Row>[]): void => {
    const fields = Object.fromEntries(columns.map((column) => [column.key, textBy(column)(row)]));
    stdout.write(`${detailsText(fields, time)}\n`);
  };

  const record = async <Row>(heading: string, row: Row, columns: readonly Column<Row>[]): Promise<void> => {
    if (await fits(columnsOf(columns, [row]))) return await table(heading, [row], columns);
    title(heading);
    lines(row, columns);
  };

  const block = async <Row>(row: Row, columns: readonly Column<Row>[]): Promise<void> => {
    const whole = { whole: true, priority: 0 };
    const fields = { head: "Field", cells: columns.map(({ key }) => key), ...whole };
    const values = { head: "Value", cells: columns.map((column) => textBy(column)(row)), ...whole };
    if (!(await fits([fields, values]))) return lines(row, columns);
    const measure = await measureFor([values]);
    const look = { heads: choice.headers, align: "left" as const, measure };
    stdout.write([...tableLines([fields, values], look), ...(choice.headers ? [""] : []), ""].join("\n"));
    await stdout.drained();
  };

  return {
    format: choice.format,
    time,
    async rows(source, options) {
      const columns = shown(options.columns);
      if (!choice.extended) return await table(options.title, source, columns);
      let records = 0;
      for await (const row of source) {
        title(`${options.title} [RECORD ${++records}]`);
        await block(row, columns);
      }
      if (records === 0) title(`${options.title} [NO RECORDS]`);
    },
    async record(row, { title: heading, columns, sections = [] }) {
      if (!choice.extended) await record(heading, row, shown(columns));
      else {
        title(heading);
        await block(row, shown(columns));
      }
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
    conclude: async () => {},
  };
}
