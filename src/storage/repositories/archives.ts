import type { Row } from "../column.ts";
import type { Db } from "../rows.ts";
import { logBundles, snapshots } from "../tables/archives.ts";
import { tenantRows } from "../tenant-rows.ts";

/** A snapshot or a log bundle. */
export type ArchiveRow = Row<typeof snapshots>;

export const snapshotRepository = (db: Db) => tenantRows(db, snapshots, { order: "created_at" });

export const logBundleRepository = (db: Db) => tenantRows(db, logBundles, { order: "created_at" });
