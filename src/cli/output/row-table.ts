import type { OutputStream } from "../io.ts";
import { blockWriter } from "./block-writer.ts";
import { cutColumn, fitToWidth, type TableColumn } from "./fit.ts";
import { tableInParts } from "./table.ts";
import { measureFor } from "./width.ts";

/** So many rows are looked at before the first is written: they decide the widths, and how much memory a table takes. */
const MEASURED = 10_000;

interface RowTableOptions<Row> {
  /** Stands above the heads, and is left out with them. */
  title: string;
  heads: boolean;
  /** What it should fit into; undefined: it is as wide as its texts are. */
  width: number | undefined;
  /** The columns with the cells of these rows. */
  columnsOf(rows: readonly Row[]): TableColumn[];
}

/** Writes rows of any number as one table; the heads of the columns that found no room come back. */
export async function writeRowTable<Row>(
  stdout: OutputStream,
  rows: Iterable<Row> | AsyncIterable<Row>,
  { title, heads, width, columnsOf }: RowTableOptions<Row>,
): Promise<string[]> {
  const parts = inParts(rows);
  const { value: firstRows = [] } = await parts.next();
  const first = columnsOf(firstRows);
  const measure = await measureFor(first);
  const { shown, widths, hidden } = fitToWidth(first, width ?? Number.POSITIVE_INFINITY, measure);
  const table = tableInParts(shown, { heads, align: "center", measure });

  const writer = blockWriter(stdout);
  const write = async (lines: Iterable<string>): Promise<void> => {
    for (const line of lines) {
      const full = writer.write(`${line}\n`);
      if (full) await full;
    }
  };
  if (heads) await write(["", title]);
  await write(table.top());
  for await (const part of parts) {
    const columns = columnsOf(part).filter(({ head }) => widths.has(head));
    const measure = await measureFor(columns);
    const cut = (column: TableColumn): TableColumn => cutColumn(column, widths.get(column.head) ?? 0, measure);
    await write(table.more(width === undefined ? columns : columns.map(cut), measure));
  }
  await write([table.bottom, ...(heads ? [""] : [])]);
  await writer.flush();
  return hidden;
}

async function* inParts<Row>(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Row[], void> {
  let part: Row[] = [];
  for await (const row of rows) {
    part.push(row);
    if (part.length < MEASURED) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
