import type { Snapshot } from "../../api/archives.ts";
import type { Column } from "../output/column.ts";

/** Of what the server makes or keeps as one file: snapshots and log bundles. */
export const ARCHIVE_COLUMNS: readonly Column<Snapshot>[] = [
  { key: "id" },
  { key: "created_at" },
  { key: "status" },
  { key: "error" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
];
