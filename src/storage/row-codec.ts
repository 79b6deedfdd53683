import type { Columns, Kind } from "./column.ts";
import { WrongType } from "./wrong-type.ts";

export type StoredValue = string | number | null;

const parse = (kind: Kind, value: StoredValue): unknown => {
  if (value === null) return null;
  if (kind === "json") return JSON.parse(String(value));
  return kind === "flag" ? value !== 0 : value;
};

const write = (column: string, kind: Kind, value: unknown): StoredValue => {
  if (value === null || value === undefined) return null;
  if (kind === "json") return JSON.stringify(value);
  if (kind === "flag") return value ? 1 : 0;
  if (kind === "text") {
    if (typeof value === "string") return value;
    throw new WrongType(column, "a text", value);
  }
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new WrongType(column, "a number", value);
};

/** A stored row's values as the program sees them; columns that were not selected stay absent. */
export function decode(columns: Columns, stored: Record<string, StoredValue>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const key in stored) row[key] = parse(columns[key]?.kind ?? "text", stored[key] ?? null);
  return row;
}

/** The named values as the database takes them; what is undefined is left to the table's default. @throws WrongType */
export function encode(columns: Columns, row: object): Record<string, StoredValue> {
  const stored: Record<string, StoredValue> = {};
  for (const [key, value] of Object.entries(row)) {
    const column = columns[key];
    if (value !== undefined && column && (column.use === "given" || column.use === "optional"))
      stored[key] = write(key, column.kind, value);
  }
  return stored;
}
