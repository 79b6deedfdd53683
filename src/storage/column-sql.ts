import { sql } from "kysely";
import type { AnyColumn, Table } from "./column.ts";

/** A column's SQL: under its table's name, or the expression that derives it. Names are the program's own. */
export const columnSql = (table: Table, field: string) => sql.raw<unknown>(columnText(table, field));

/** What a select lists: these columns, each under its own name. As text, since it is built for every query. */
export const selectList = (table: Table, fields: readonly string[]) =>
  sql.raw(fields.map((field) => `${columnText(table, field)} as "${field}"`).join(", "));

function columnText(table: Table, field: string): string {
  const column: AnyColumn | undefined = table.columns[field];
  if (!column) throw new Error(`${table.name} has no column ${field}`);
  return column.sql ?? `"${table.name}"."${field}"`;
}
