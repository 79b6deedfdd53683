import { sql } from "kysely";
import type { AnyColumn, Table } from "./column.ts";

/** A column's SQL: under its table's name, or the expression that derives it. Names are the program's own. */
export const columnSql = (table: Table, field: string) => sql.raw<unknown>(columnText(table, field));

/** What a select lists: these columns, each under its own name. As text, since it is built for every query. */
export const selectList = (table: Table, fields: readonly string[]) =>
  sql.raw(fields.map((field) => `${columnText(table, field)} as "${field}"`).join(", "));

/**
 * A column as a key of an order. Rows that have no value come after all others, or before them when it descends: left
 * unsaid, dialects differ. A column that always has one goes without the words, which keep SQLite from using its index.
 */
export const sortKey = (table: Table, field: string, descending: boolean) => {
  const direction = descending ? "desc" : "asc";
  const absent = table.columns[field]?.nullable ? ` nulls ${descending ? "first" : "last"}` : "";
  return sql.raw(`${columnText(table, field)} ${direction}${absent}`);
};

function columnText(table: Table, field: string): string {
  const column: AnyColumn | undefined = table.columns[field];
  if (!column) throw new Error(`${table.name} has no column ${field}`);
  return column.sql ?? `"${table.name}"."${field}"`;
}
