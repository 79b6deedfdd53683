import { type Expression, type Kysely, type SqlBool, sql } from "kysely";
import type { Change, NewRow, Row, Table } from "./column.ts";
import { type Listed, type ListRequest, type ListShape, listRows, selection } from "./list.ts";
import { decode, encode, type StoredValue } from "./row-codec.ts";
import type { Schema } from "./schema.ts";

export type Db = Kysely<Schema>;

/** SQLite takes 32,766 parameters in one statement; fewer at once cost nothing. */
const MOST_PARAMETERS = 10_000;

/** As many at a time as fit into one statement. */
export function* inParts<Item>(items: readonly Item[], parametersOfEach = 1): Generator<readonly Item[]> {
  const atOnce = Math.max(1, Math.floor(MOST_PARAMETERS / Math.max(1, parametersOfEach)));
  for (let start = 0; start < items.length; start += atOnce) yield items.slice(start, start + atOnce);
}

/** What every table can do; repositories build their questions from these. */
export function rowsOf<T extends Table>(db: Db, table: T, shape: ListShape) {
  const name = sql.table(table.name);

  const find = async (where: Expression<SqlBool>, fields?: readonly string[]): Promise<Row<T>[]> => {
    const found = await sql<Record<string, StoredValue>>`select ${selection(table, { order: shape.order }, fields)}
      from ${name} where ${where}`.execute(db);
    return found.rows.map((row) => decode(table.columns, row) as Row<T>);
  };

  /** Stores many at once; all name the same columns as the first. */
  const insertMany = async (rows: readonly NewRow<T>[]): Promise<void> => {
    const stored = rows.map((row) => encode(table.columns, row as object));
    const columns = [...new Set(stored.flatMap(Object.keys))];
    for (const part of inParts(stored, columns.length)) {
      const values = part.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
      await sql`insert into ${name} (${sql.join(columns.map((column) => sql.ref(column)))})
        values ${sql.join(values)}`.execute(db);
    }
  };

  const update = async (where: Expression<SqlBool>, change: Change<T>): Promise<number> => {
    const changes = Object.entries(encode(table.columns, change as object));
    if (changes.length === 0) return 0;
    const set = sql.join(changes.map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
    const { numAffectedRows } = await sql`update ${name} set ${set} where ${where}`.execute(db);
    return Number(numAffectedRows ?? 0);
  };

  const remove = async (where: Expression<SqlBool>): Promise<number> => {
    const { numAffectedRows } = await sql`delete from ${name} where ${where}`.execute(db);
    return Number(numAffectedRows ?? 0);
  };

  const count = async (where: Expression<SqlBool>): Promise<number> => {
    const { rows } = await sql<{ total: number }>`select count(*) as total from ${name} where ${where}`.execute(db);
    return Number(rows[0]?.total ?? 0);
  };

  return {
    find,
    insert: (row: NewRow<T>) => insertMany([row]),
    insertMany,
    update,
    remove,
    count,
    list: (request: ListRequest): Promise<Listed<Row<T>>> => listRows(db, table, shape, request),
  };
}
