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
import type { Schema } from "./schema.ts";
import { WrongType } from "./wrong-type.ts";

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

export const queryBuilder = (connection: Sqlite.Database): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new ImmediateDialect({ database: withStatementCache(connection) }) });

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
export function withStatementCache(connection: Sqlite.Database) {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => void connection.close(),
    prepare(sql: string): SqliteStatement {
      const known = statements.get(sql);
      if (known) return known;
      const prepared = connection.prepare(sql);
      const statement: SqliteStatement = {
        reader: prepared.reader,
        all: (parameters) => prepared.all(parameters.map(bound)),
        run: (parameters) => prepared.run(parameters.map(bound)),
        iterate: (parameters) => prepared.iterate(parameters.map(bound)),
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

/** The binding ends the whole process over a boolean, and cuts a text at its first NUL. @throws WrongType */
function bound(value: unknown): unknown {
  if (typeof value === "string") return value.includes("\0") ? value.replaceAll("\0", "<NUL>") : value;
  if (typeof value === "boolean" || (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)))
    throw new WrongType("a value that things are looked up by", "a text or a number", value);
  return value;
}
