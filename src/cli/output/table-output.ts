import type { OutputStream } from "../io.ts";
import { cellText } from "./cell.ts";
import { type Column, isWhole, pickColumns, valueIn } from "./column.ts";
import { detailsText, sectionsText } from "./details.ts";
import { fitToWidth } from "./fit.ts";
import type { Output, OutputChoice } from "./output.ts";
import { tableLines } from "./table.ts";

/** Tables and lines for people. */
export function tableOutput(stdout: OutputStream, choice: OutputChoice): Output {
  const shown = <Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] => {
    if (choice.columns) return pickColumns(columns, choice.columns);
    return choice.extended ? columns : columns.filter(({ extended }) => !extended);
  };
  const title = (text: string): void => {
    if (choice.headers) stdout.write(`\n${text}\n`);
  };
  const lines = async (source: Iterable<string>): Promise<void> => {
    let block = "";
    for (const line of source) {
      block += `${line}\n`;
      if (block.length > 16_384) {
        stdout.write(block);
        block = "";
        await stdout.drained();
      }
    }
    stdout.write(choice.headers ? `${block}\n` : block);
  };

  const table = async <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Promise<void> => {
    const heads = columns.map(({ key }) => key);
    const cells = rows.map((row) => columns.map((column) => cellText(valueIn(row, column))));
    const fitted = stdout.width ? fitToWidth(heads, cells, columns.map(isWhole), stdout.width) : cells;
    await lines(tableLines(choice.headers ? heads : undefined, fitted));
  };
  const block = async <Row>(row: Row, columns: readonly Column<Row>[]): Promise<void> => {
    const cells = columns.map((column) => [column.key, cellText(valueIn(row, column))]);
    await lines(tableLines(choice.headers ? ["Field", "Value"] : undefined, cells, "left"));
  };

  return {
    format: choice.format,
    async rows(source, options) {
      const rows = [];
      for await (const row of source) rows.push(row);
      const columns = shown(options.columns);
      if (!choice.extended) {
        title(options.title);
        return await table(rows, columns);
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
      if (!choice.columns) stdout.write(sectionsText(sections));
    },
    async details(heading, values) {
      title(heading);
      stdout.write(detailsText(values));
    },
    async document(_value, inText) {
      stdout.write(inText());
    },
    line: (text) => stdout.write(`${text}\n`),
  };
}
