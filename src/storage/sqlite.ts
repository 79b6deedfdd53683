import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from "kysely";
import Sqlite from "libsql";
import { bindable } from "./bindable.ts";
import type { Schema } from "./schema.ts";

// With migrate.ts, all that is SQLite's own. What the repositories ask, PostgreSQL would answer alike, if its texts are
// compared by their bytes, its counts arrive as numbers, and its transactions too begin one after the other.

/** How long a writer waits for the other process's transaction, in milliseconds. */
const BUSY_TIMEOUT = 30_000;
/** Between two tries of what does not wait by itself, in milliseconds. */
const BUSY_PAUSE = 5;
/** Enough for every statement of the program; what is made of long lists is compiled anew. */
const MOST_STATEMENTS = 500;

/** One connection; several may be open on a file, in several processes. */
export function openConnection(path: string): Sqlite.Database {
  const connection = new Sqlite(path, { timeout: BUSY_TIMEOUT });
  connection.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  useWriteAheadLog(connection);
  connection.pragma("synchronous = FULL");
  connection.pragma("foreign_keys = ON");
  return connection;
}

/** The switch does not wait for others by itself: of two that open a new file at once one would be refused. */
function useWriteAheadLog(connection: Sqlite.Database): void {
  const deadline = Date.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      connection.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      const busy = error instanceof Error && "code" in error && error.code === "SQLITE_BUSY";
      if (!busy || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_PAUSE);
    }
  }
}

/** The file was no database, or is none any more. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && /^SQLITE_(NOTADB|CORRUPT)/.test(String(error.code));

export const queryBuilder = (connection: Sqlite.Database): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new ImmediateDialect({ database: withStatementCache(connection) }) });

/** For a long look at one moment: its transactions take no lock, and see nothing of what others write meanwhile. */
export const frozenQueryBuilder = (path: string): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new SqliteDialect({ database: withStatementCache(openConnection(path)) }) });

/** Takes the write lock at the start: a transaction that reads first and writes later could not get it any more. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  /** Where the disk is full SQLite has rolled back by itself already; the error to tell is that one. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("no transaction is active"))) throw error;
    }
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }
}

/** Preparing costs more than running; the oldest statement leaves when there are too many. */
function withStatementCache(connection: Sqlite.Database) {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => void connection.close(),
    prepare(sql: string): SqliteStatement {
      const known = statements.get(sql);
      if (known) return known;
      const prepared = connection.prepare(sql);
      const statement: SqliteStatement = {
        reader: prepared.reader,
        all: (parameters) => prepared.all(parameters.map(bindable)),
        run: (parameters) => prepared.run(parameters.map(bindable)),
        iterate: (parameters) => prepared.iterate(parameters.map(bindable)),
      };
      if (statements.size >= MOST_STATEMENTS)
        for (const oldest of statements.keys()) {
          statements.delete(oldest);
          break;
        }
      statements.set(sql, statement);
      return statement;
    },
  };
}
