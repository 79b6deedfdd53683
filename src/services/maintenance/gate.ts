import type { Repositories } from "../../storage/index.ts";
import type { Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { currentMaintenance } from "./change.ts";

/** What is answered in maintenance too: the first part of the path. */
const OPEN: readonly string[] = [
  "brokers",
  "managers",
  "db-nodes",
  "cluster",
  "config",
  "status",
  "version",
  "license",
  "maintenance",
  "cluster-status",
  "file-server-auth",
  "ok",
  "snapshots",
  "snapshot-status",
];
/** What would set new work going. */
const STARTS_WORK = /^(?:executions(?:\/|$)|deployments\/|deployment-modifications(?:\/|$)|snapshots\/)/;

export interface GatedRequest {
  method: string;
  /** Below the API's prefix, without a slash in front. */
  path: string;
  /** The caller asks to be let through. */
  bypass: boolean;
}

const READS: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** A change that is acknowledged while everything is being replaced would be lost. @throws in_snapshot_restore_error */
export async function refuseWhileRestoring(
  read: Repositories,
  { method, path }: Pick<GatedRequest, "method" | "path">,
): Promise<void> {
  // Executions may be cancelled, the one that restores too.
  if (READS.includes(method) || path.startsWith("executions/")) return;
  if (!(await read.executions.isActive("restore_snapshot"))) return;
  throw new Refusal("in_snapshot_restore_error", "A snapshot is being restored: try again when that has ended");
}

/** @throws maintenance_mode_active, entering_maintenance_mode */
export async function refuseInMaintenance(
  read: Repositories,
  who: Identity | undefined,
  { method, path, bypass }: GatedRequest,
): Promise<void> {
  const { status } = await currentMaintenance(read);
  if (status === "deactivated" || (bypass && who?.permissions.has("maintenance_mode_set"))) return;
  if (status === "activated" && !OPEN.includes(path.split("/", 1)[0] ?? "")) {
    throw new Refusal(
      "maintenance_mode_active",
      "Your request was rejected since Cloudify manager is currently in maintenance mode",
    );
  }
  if (status === "activating" && ["POST", "PUT", "PATCH"].includes(method) && STARTS_WORK.test(path)) {
    throw new Refusal(
      "entering_maintenance_mode",
      "Your request was rejected since Cloudify manager is entering maintenance mode",
    );
  }
}
