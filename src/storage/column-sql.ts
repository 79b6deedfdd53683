import { sql } from "kysely";
import type { AnyColumn, Table } from "./column.ts";

/** A column's SQL: under its table's name, or the expression that derives it. */
export function columnSql(table: Table, field: string) {
  const column: AnyColumn | undefined = table.columns[field];
  if (!column) throw new Error(`${table.name} has no column ${field}`);
  return column.sql === undefined ? sql.ref(`${table.name}.${field}`) : sql.raw(column.sql);
}
