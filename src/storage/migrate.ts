import type Sqlite from "libsql";
import initial from "./migrations/0001-initial.sql?raw";
import archives from "./migrations/0002-archives.sql?raw";
import pluginLeases from "./migrations/0003-plugin-leases.sql?raw";
import listsOfADeployment from "./migrations/0004-lists-of-a-deployment.sql?raw";

/** In order, one step each; a step that was released is never edited. */
const MIGRATIONS = [initial, archives, pluginLeases, listsOfADeployment];

/** Counts up with each step. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** The database was written by a newer release. */
class NewerSchema extends Error {
  override name = "NewerSchema";
  constructor(found: number) {
    super(
      `the database has schema ${found}, this release knows up to ${MIGRATIONS.length}: use the release that wrote it, or a newer one`,
    );
  }
}

/** Brings the tables up to date. Whoever comes second waits for the first and finds the work done. */
export function migrate(connection: Sqlite.Database): void {
  if (versionOf(connection) === MIGRATIONS.length) return;
  connection.exec("begin immediate");
  try {
    const version = versionOf(connection);
    if (version > MIGRATIONS.length) throw new NewerSchema(version);
    for (const migration of MIGRATIONS.slice(version)) connection.exec(migration);
    connection.exec(`pragma user_version = ${MIGRATIONS.length}`);
    connection.exec("commit");
  } catch (error) {
    // Where the disk is full SQLite has rolled back by itself.
    if (connection.inTransaction) connection.exec("rollback");
    throw error;
  }
}

function versionOf(connection: Sqlite.Database): number {
  const [row] = connection.pragma("user_version") as { user_version: number }[];
  return row?.user_version ?? 0;
}
