import { type SqlBool, sql } from "kysely";
import { COPIED_TABLES, type CopiedTable, type StoredRow } from "../frozen-tables.ts";
import type { StoredValue } from "../row-codec.ts";
import { type Db, inParts } from "../rows.ts";

/** What stays when everything else is replaced: the execution that replaces it, its events, and its tenant. */
export interface Kept {
  executionId: string;
  tenant: string;
}

/** Where rows are kept, and by what they are told from the others. */
const keptRows = ({ executionId, tenant }: Kept) =>
  ({
    tenants: sql<SqlBool>`name = ${tenant}`,
    executions: sql<SqlBool>`id = ${executionId}`,
    events: sql<SqlBool>`execution_id = ${executionId}`,
  }) as const;
const KEPT_TABLES = ["tenants", "executions", "events"] as const;

/** Puts a copy of the database in the place of what there is. */
export const copyRepository = (db: Db) => ({
  /** Removes everything else. The numbers of what stays are moved out of the way of those to come. */
  async clear(kept: Kept): Promise<void> {
    const stays = keptRows(kept);
    for (const table of COPIED_TABLES.toReversed()) {
      const which = table in stays ? sql`where not coalesce(${stays[table as keyof typeof stays]}, false)` : sql``;
      await sql`delete from ${sql.table(table)} ${which}`.execute(db);
    }
    for (const table of KEPT_TABLES) {
      await sql`update ${sql.table(table)} set storage_id = -storage_id where ${stays[table]}`.execute(db);
    }
  },

  /** Rows as they were stored; all of them have the same columns. */
  async insert(table: CopiedTable, rows: readonly StoredRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    for (const part of inParts(rows, columns.length)) {
      const values = part.map((row) => sql`(${sql.join(columns.map((column): StoredValue => row[column] ?? null))})`);
      await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
        values ${sql.join(values)}`.execute(db);
    }
  },

  /**
   * Gives what stayed numbers after those of all others. SQLite goes on from the highest by itself; a database that
   * counts with sequences would have to be told.
   */
  async renumber(): Promise<void> {
    for (const table of KEPT_TABLES) {
      const { rows } = await sql<{ highest: number | null }>`select max(storage_id) as highest
        from ${sql.table(table)}`.execute(db);
      const highest = Math.max(0, Number(rows[0]?.highest ?? 0));
      await sql`update ${sql.table(table)} set storage_id = ${highest} - storage_id where storage_id < 0`.execute(db);
    }
  },
});
