import { type Clock, systemClock, timestamp } from "../lib/clock.ts";
import type { Changes, Topic } from "./changes.ts";
import { type FrozenTables, readFrozen } from "./frozen-tables.ts";
import { migrate } from "./migrate.ts";
import { type Repositories, repositories } from "./repositories.ts";
import { isDamage, openConnection, queryBuilder } from "./sqlite.ts";

/** Repositories within one write transaction. */
export interface UnitOfWork extends Repositories {
  /** Tells others of these once, after the commit. */
  publish(...topics: Topic[]): void;
  /** The time, as it is stored. */
  now(): string;
}

export interface Database {
  /** Outside of a transaction: each question sees what is committed when it is asked. */
  read: Repositories;
  /**
   * Runs the work in one write transaction: all of it is stored, durably, or nothing. Others wait meanwhile, in this
   * process and in the other, so it waits for nothing but the database.
   */
  unitOfWork<Result>(work: (tx: UnitOfWork) => Promise<Result>): Promise<Result>;
  /** Whole tables as they stand at one moment, however long reading them takes; others go on writing meanwhile. */
  frozen<Result>(work: (tables: FrozenTables) => Promise<Result>): Promise<Result>;
  changes: Changes;
  close(): Promise<void>;
}

/** Opens the database, and makes or updates its tables first if need be. @throws NewerSchema, DamagedDatabase */
export function openDatabase(path: string, changes: Changes, clock: Clock = systemClock): Database {
  const writer = queryBuilder(openUpToDate(path));
  // A connection of its own, so that a question never waits for a transaction of this process.
  const reader = queryBuilder(openConnection(path));

  return {
    read: repositories(reader),
    changes,
    frozen: (work) => readFrozen(path, work),
    async unitOfWork(work) {
      const topics = new Set<Topic>();
      const publish = (...added: Topic[]) => {
        for (const topic of added) topics.add(topic);
      };
      const now = () => timestamp(clock.now());
      const result = await writer
        .transaction()
        .execute((transaction) => work(Object.assign(repositories(transaction), { publish, now })));
      if (topics.size > 0) changes.publish(topics);
      return result;
    },
    async close() {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function openUpToDate(path: string) {
  try {
    const connection = openConnection(path);
    migrate(connection);
    return connection;
  } catch (error) {
    throw isDamage(error) ? new DamagedDatabase(path, error) : error;
  }
}

/** The file is none that the database can read. */
class DamagedDatabase extends Error {
  override name = "DamagedDatabase";
  constructor(path: string, cause: Error) {
    super(
      `${path} cannot be read (${cause.message}): put back a copy of it, or move it away and restore a snapshot on an empty server`,
      { cause },
    );
  }
}
