import { type ExecutionStatus, isFinal, isWaiting } from "../../api/statuses.ts";

export type GroupStatus = "pending" | "queued" | "started" | "failed" | "terminated";

/** What its members' statuses make of a group; null for one without members. */
export function groupStatus(statuses: readonly ExecutionStatus[]): GroupStatus | null {
  if (statuses.length === 0) return null;
  if (statuses.every((status) => status === "pending")) return "pending";
  if (statuses.every((status) => status === "pending" || isWaiting(status))) return "queued";
  if (!statuses.every(isFinal)) return "started";
  return statuses.includes("failed") ? "failed" : "terminated";
}
