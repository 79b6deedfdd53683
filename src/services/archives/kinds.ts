import type { ErrorCode } from "../../api/errors.ts";
import type { ArchiveRow, Repositories } from "../../storage/index.ts";

/** Two kinds of file that the server makes of itself by a workflow. */
export interface ArchiveKind {
  /** The name the API gives it in messages. */
  model: "Snapshot" | "LogBundle";
  /** Permissions are `<permission>_create`, `_get` and so on. */
  permission: "snapshot" | "log_bundle";
  errorCode: ErrorCode;
  /** The workflow that makes one. */
  workflow: "create_snapshot" | "create_log_bundle";
  /** Names one in the parameters of its workflows. */
  parameter: "snapshot_id" | "log_bundle_id";
  /** Below the server's directory. */
  folder: string;
  rows<Read extends Repositories>(read: Read): Read["snapshots"];
}

export const SNAPSHOTS: ArchiveKind = {
  model: "Snapshot",
  permission: "snapshot",
  errorCode: "snapshot_action_error",
  workflow: "create_snapshot",
  parameter: "snapshot_id",
  folder: "snapshots",
  rows: (read) => read.snapshots,
};

export const LOG_BUNDLES: ArchiveKind = {
  model: "LogBundle",
  permission: "log_bundle",
  errorCode: "log_bundle_action_error",
  workflow: "create_log_bundle",
  parameter: "log_bundle_id",
  folder: "log-bundles",
  rows: (read) => read.logBundles,
};

/** Ready to be downloaded or restored. */
export const isComplete = ({ status }: ArchiveRow): boolean => status === "created" || status === "uploaded";
