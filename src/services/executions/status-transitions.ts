import { EXECUTION_STATUSES, type ExecutionStatus, isFinal } from "../../api/statuses.ts";
import { Refusal } from "../refusal.ts";

/** Once stopping has been asked for, nothing but an end that is not a success may follow. */
const REFUSED_WHILE_CANCELLING: readonly string[] = [
  "pending",
  "started",
  "cancelling",
  "force_cancelling",
  "kill_cancelling",
  "terminated",
];

interface Subject {
  id: string;
  workflow_id: string;
  status: ExecutionStatus;
}

/**
 * The rule for a status that is reported, by the worker that runs the execution or by a user.
 * @throws invalid_exception_status_update when the execution can no longer become that
 */
export function validateTransition({ id, workflow_id, status }: Subject, next: string): ExecutionStatus {
  if (isKnown(next) && isAllowed(status, next, workflow_id)) return next;
  throw new Refusal(
    "invalid_exception_status_update",
    `Invalid relationship - can't change status from ${status} to ${next} for "${id}" execution while running "${workflow_id}" workflow.`,
  );
}

const isKnown = (status: string): status is ExecutionStatus =>
  (EXECUTION_STATUSES as readonly string[]).includes(status);

function isAllowed(from: ExecutionStatus, to: ExecutionStatus, workflowId: string): boolean {
  if (from === to) return true;
  // A restored snapshot brings its own execution back in the status it had when it was taken.
  if (isFinal(from)) return from === "terminated" && workflowId === "create_snapshot";
  if (from === "cancelling" || from === "force_cancelling") return !REFUSED_WHILE_CANCELLING.includes(to);
  return true;
}
