/** Statuses and states of the field, and the groups that rules speak of. */

export const EXECUTION_STATUSES = [
  "pending",
  "scheduled",
  "queued",
  "started",
  "cancelling",
  "force_cancelling",
  "kill_cancelling",
  "terminated",
  "failed",
  "cancelled",
] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** Nothing more happens to an execution in one of these, unless it is resumed. */
export const FINAL_STATUSES = ["terminated", "failed", "cancelled"] as const satisfies ExecutionStatus[];
/** Accepted, but not yet handed to a worker. */
export const WAITING_STATUSES = ["scheduled", "queued"] as const satisfies ExecutionStatus[];
/** A worker has it, or is about to: these make a deployment busy. */
export const ACTIVE_STATUSES = [
  "pending",
  "started",
  "cancelling",
  "force_cancelling",
  "kill_cancelling",
] as const satisfies ExecutionStatus[];

const includes = (group: readonly ExecutionStatus[], status: string): boolean =>
  (group as readonly string[]).includes(status);

export const isFinal = (status: string): boolean => includes(FINAL_STATUSES, status);
export const isActive = (status: string): boolean => includes(ACTIVE_STATUSES, status);
export const isWaiting = (status: string): boolean => includes(WAITING_STATUSES, status);

/** What the wire shows as `status_display`. */
export const statusDisplay = (status: ExecutionStatus): string => (status === "terminated" ? "completed" : status);

export const EXECUTION_ACTIONS = ["cancel", "force-cancel", "kill", "resume", "force-resume", "requeue"] as const;
export type ExecutionAction = (typeof EXECUTION_ACTIONS)[number];

/** In the order of a node instance's life; an install skips the steps that an instance is already past. */
export const NODE_INSTANCE_STATES = [
  "uninitialized",
  "initializing",
  "creating",
  "created",
  "configuring",
  "configured",
  "starting",
  "started",
  "stopping",
  "stopped",
  "deleting",
  "deleted",
] as const;
export type NodeInstanceState = (typeof NODE_INSTANCE_STATES)[number];

/** Something of the node instance may be there. */
export const isLive = (state: string): boolean => state !== "uninitialized" && state !== "deleted";

export const BLUEPRINT_STATES = [
  "pending",
  "uploading",
  "extracting",
  "parsing",
  "uploaded",
  "failed_uploading",
  "failed_extracting",
  "failed_parsing",
  "failed_extracting_to_file_server",
  "invalid",
  "validating",
] as const;
export type BlueprintState = (typeof BLUEPRINT_STATES)[number];

export const isFailedUpload = (state: string): boolean => state.startsWith("failed_") || state === "invalid";

export const VISIBILITIES = ["private", "tenant", "global"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const TASK_STATES = [
  "pending",
  "sending",
  "sent",
  "started",
  "response-sent",
  "rescheduled",
  "succeeded",
  "failed",
] as const;
export type TaskState = (typeof TASK_STATES)[number];
